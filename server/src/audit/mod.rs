//! The audit's way in: lines about calls, within bounds, and its way out into the log.
//!
//! Calls come from `http/audit/`, commands from `cli/`, and what becomes of a connection from triggers of the database
//! (`migrations/sqlite/0020_audit.sql`). All of it is one table, and what is new there is written to the log under the target
//! `audit`, so that the log has what another program or a trigger wrote too. `audit_log.rs` is what the running server
//! remembers of it, `limits.rs` keeps strangers from filling the disk.

pub mod audit_log;
mod limits;

use std::sync::atomic::Ordering;

use limits::{NamedWidget, Verdict};

use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::audit_event::{Actor, AuditEvent};
use crate::domain::audit_list::ListedAuditEvent;
use crate::store::StoreError;

pub use limits::MOST_OF_A_MINUTE;

/// How many lines are read at once to be logged.
const LOGGED_AT_ONCE: u32 = 500;

/// Writes a line, or counts it where there were too many like it in this minute. What was asked for has been done by now, so a
/// line that cannot be stored is logged as an error and holds up nobody.
pub async fn record(app: &App, event: AuditEvent) {
    let named = find_named_widget(app, &event).await;
    // What is not the id of a widget may be anything, a key too.
    let widget = event.widget.filter(|_| named == NamedWidget::Known);
    let event = AuditEvent { widget, ..event };
    let verdict = app.audit.limits().judge(event, named);
    let (line, counted) = match verdict {
        Verdict::Write { line, counted } => (Some(line), counted),
        Verdict::Counted { counted } => (None, counted),
    };
    for event in counted.into_iter().chain(line.map(|line| *line)) {
        if let Err(error) = app.store.add_audit_event(&event).await {
            tracing::error!(target: "audit", %error, ?event, "a line of the audit could not be stored");
        }
    }
}

/// Whoever proved to be of a widget did so by the database; anybody else may name one that is not there.
async fn find_named_widget(app: &App, event: &AuditEvent) -> NamedWidget {
    match (&event.actor, &event.widget) {
        (Actor::Unknown, Some(widget)) => match app.store.widget(widget).await {
            Ok(Some(_)) => NamedWidget::Known,
            Ok(None) | Err(_) => NamedWidget::Unknown,
        },
        _ => NamedWidget::Known,
    }
}

/// Writes what was only counted, where its minute is over. The server calls it every second.
///
/// # Errors
/// [`StoreError`], after which what was counted is lost.
pub async fn write_counted(app: &App) -> Result<(), StoreError> {
    let counted = app.audit.limits().take_over(app.now());
    for event in counted {
        app.store.add_audit_event(&event).await?;
    }
    Ok(())
}

/// Writes what was only counted, at once: the server ends.
///
/// # Errors
/// [`StoreError`], after which what was counted is lost.
pub async fn write_all_counted(app: &App) -> Result<(), StoreError> {
    let counted = app.audit.limits().take_all(app.now());
    for event in counted {
        app.store.add_audit_event(&event).await?;
    }
    Ok(())
}

/// Logs the lines that are new since the last time, whoever wrote them.
///
/// # Errors
/// [`StoreError`]; the next time begins where this one ended.
pub async fn log_new(app: &App) -> Result<(), StoreError> {
    loop {
        let events =
            app.store.audit_events_after(app.audit.logged.load(Ordering::Relaxed), LOGGED_AT_ONCE).await?;
        let Some(last) = events.last() else { return Ok(()) };
        let last = last.number;
        events.iter().for_each(log);
        app.audit.logged.store(last, Ordering::Relaxed);
    }
}

fn log(event: &ListedAuditEvent) {
    let at = to_rfc3339(event.occurred_at);
    tracing::info!(
        target: "audit",
        id = event.id.as_str(), at, action = event.action, outcome = event.outcome, status = event.status,
        actor = event.actor, actor_id = event.actor_id.as_deref(),
        widget = event.widget.as_ref().map(railz_connect_contract::WidgetId::as_str),
        business = event.business.as_ref().map(railz_connect_contract::BusinessUuid::as_str),
        connection = event.connection.as_ref().map(railz_connect_contract::ConnectionId::as_str),
        subject = event.subject.as_deref(), address = event.address.as_deref(), origin = event.origin.as_deref(),
        detail = event.detail.as_deref(), count = event.count,
    );
}
