//! The statements that the database runs for one piece of work.
//!
//! The database's threads log each statement within the caller's span, so a span of its own tells a test's from others'.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, OnceLock};

use tracing::field::{Field, Visit};
use tracing::{Event, Instrument, Metadata, Subscriber};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::LookupSpan;

/// The name of the spans whose statements are kept.
const SPAN: &str = "statements are kept";

/// A statement that was run.
#[derive(Debug, Default)]
pub struct Statement {
    pub sql: String,
    /// How many rows came back.
    pub rows: u64,
}

/// What was run so far, by the number of the span.
fn kept() -> &'static Mutex<HashMap<u64, Vec<Statement>>> {
    static KEPT: OnceLock<Mutex<HashMap<u64, Vec<Statement>>>> = OnceLock::new();
    KEPT.get_or_init(Mutex::default)
}

/// Does the work, and tells which statements it took.
pub async fn keeping_statements<T>(work: impl Future<Output = T>) -> (T, Vec<Statement>) {
    let span = tracing::info_span!(SPAN);
    let id = span.id().expect("the log is prepared").into_u64();
    kept().lock().unwrap().insert(id, Vec::new());
    let done = work.instrument(span).await;
    (done, kept().lock().unwrap().remove(&id).unwrap())
}

/// Hears the statements, and nothing else.
pub fn layer<S: Subscriber + for<'span> LookupSpan<'span>>() -> impl Layer<S> {
    let is_wanted =
        |it: &Metadata<'_>| if it.is_span() { it.name() == SPAN } else { it.target() == "sqlx::query" };
    StatementLayer.with_filter(filter_fn(is_wanted))
}

struct StatementLayer;

impl<S: Subscriber + for<'span> LookupSpan<'span>> Layer<S> for StatementLayer {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut kept = kept().lock().unwrap();
        let spans = context.event_scope(event).into_iter().flatten();
        for span in spans {
            if let Some(statements) = kept.get_mut(&span.id().into_u64()) {
                let mut statement = Statement::default();
                event.record(&mut statement);
                statements.push(statement);
            }
        }
    }
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        // The whole statement, or where it is short its summary alone.
        if field.name() == "db.statement" && !value.is_empty()
            || field.name() == "summary" && self.sql.is_empty()
        {
            value.trim().clone_into(&mut self.sql);
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "rows_returned" {
            self.rows = value;
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}
