//! `connect-server events`: the audit, for whoever runs the server. And its lines about the commands themselves.

use std::io::{Write, stderr};
use std::process::ExitCode;

use clap::Args;
use connect_server::clock::{Clock, SystemClock, to_rfc3339};
use connect_server::domain::audit_event::{Actor, AuditAction, AuditEvent, AuditOutcome, bounded};
use connect_server::domain::audit_list::{AuditFilter, ListedAuditEvent};
use connect_server::domain::business_list::Page;
use connect_server::store::sqlite::Sqlite;
use connect_server::store::{AuditEvents, Store};
use jiff::{Span, Timestamp};
use railz_connect_contract::WidgetId;

use super::common::{CliError, ConfigFile};
use super::table;

/// Which lines are shown.
#[derive(Args)]
pub struct ShownEvents {
    #[command(flatten)]
    config: ConfigFile,
    /// Only what was done to the business with this businessUuid.
    #[arg(long, value_name = "UUID")]
    business: Option<String>,
    /// Only what was done through the widget with this id.
    #[arg(long, value_name = "ID")]
    widget: Option<String>,
    /// Only what was done to the connection with this connectionId.
    #[arg(long, value_name = "ID")]
    connection: Option<String>,
    /// Only these actions, such as sign-ins that were refused: `--action finishSignIn --outcome refused`.
    #[arg(long = "action", value_name = "ACTION", value_delimiter = ',')]
    actions: Vec<AuditAction>,
    /// Only what ended so: done, refused, failed, unanswered.
    #[arg(long = "outcome", value_name = "OUTCOME", value_delimiter = ',')]
    outcomes: Vec<AuditOutcome>,
    /// Only from then on: a time (`2026-03-01T09:30:00Z`), or how long ago (`2h`, `7d`).
    #[arg(long, value_name = "TIME", value_parser = parse_moment)]
    since: Option<Timestamp>,
    /// Only before then: a time, or how long ago.
    #[arg(long, value_name = "TIME", value_parser = parse_moment)]
    until: Option<Timestamp>,
    /// How many lines at most, the newest.
    #[arg(long, value_name = "LINES", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    limit: u32,
}

/// A moment, or a time before now in days of 24 hours.
fn parse_moment(text: &str) -> Result<Timestamp, String> {
    if let Ok(moment) = text.parse() {
        return Ok(moment);
    }
    let wrong =
        || format!("{text:?} is neither a time, such as 2026-03-01T09:30:00Z, nor how long ago, such as 7d");
    let ago: Span = text.parse().map_err(|_| wrong())?;
    let ago = ago.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).map_err(|_| wrong())?;
    SystemClock.now().checked_sub(ago.abs()).map_err(|_| wrong())
}

/// Shows the newest lines, oldest of them first.
///
/// # Errors
/// Where there is no database, or it fails.
pub async fn run(shown: ShownEvents) -> Result<ExitCode, CliError> {
    let store = shown.config.open_database().await?;
    let done = show(&store, shown).await;
    store.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn show(store: &Sqlite, shown: ShownEvents) -> Result<(), CliError> {
    let filter = AuditFilter {
        widget: shown.widget,
        business: shown.business,
        connection: shown.connection,
        actions: shown.actions,
        outcomes: shown.outcomes,
        since: shown.since,
        until: shown.until,
    };
    let all = store.list_audit_events(&filter, Page { limit: 1, offset: 0 }).await?.count;
    let offset = u32::try_from(all - i64::from(shown.limit)).unwrap_or(0);
    let found = store.list_audit_events(&filter, Page { limit: shown.limit, offset }).await?;
    let rows: Vec<_> = found.entries.iter().map(row).collect();
    table::print(
        ["TIME", "ACTION", "OUTCOME", "ACTOR", "FROM", "WIDGET", "BUSINESS", "CONNECTION", "DETAIL"],
        &rows,
    )?;
    if offset > 0 {
        writeln!(stderr().lock(), "{offset} older lines are not shown: --limit shows more.")?;
    }
    Ok(())
}

fn row(event: &ListedAuditEvent) -> [String; 9] {
    let text = |text: Option<&str>| text.unwrap_or("-").to_owned();
    let outcome = match event.status {
        Some(status) => format!("{} {status}", event.outcome),
        None => event.outcome.clone(),
    };
    let actor = match &event.actor_id {
        Some(id) => format!("{} {id}", event.actor),
        None => event.actor.clone(),
    };
    let from: Vec<_> = [&event.address, &event.origin].into_iter().flatten().map(String::as_str).collect();
    let times = (event.count > 1).then(|| format!("{} times", event.count));
    let detail: Vec<_> =
        [&event.subject, &event.detail, &times].into_iter().flatten().map(String::as_str).collect();
    [
        to_rfc3339(event.occurred_at),
        event.action.clone(),
        outcome,
        actor,
        if from.is_empty() { "-".to_owned() } else { from.join(" ") },
        text(event.widget.as_ref().map(WidgetId::as_str)),
        text(event.business.as_ref().map(railz_connect_contract::BusinessUuid::as_str)),
        text(event.connection.as_ref().map(railz_connect_contract::ConnectionId::as_str)),
        detail.join("; "),
    ]
}

/// Writes down what a command did to a widget, by the account that it runs under.
///
/// # Errors
/// Where the database fails; what the command did stays done.
pub async fn write_down(
    store: &Sqlite,
    action: AuditAction,
    widget: &WidgetId,
    (subject, detail): (Option<&str>, Option<String>),
) -> Result<(), CliError> {
    let account = ["SUDO_USER", "USER", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    let event = AuditEvent {
        actor: Actor::Operator(bounded(&account.unwrap_or_default())),
        widget: Some(widget.clone()),
        subject: subject.map(bounded),
        detail: detail.as_deref().map(bounded),
        ..AuditEvent::new(action, SystemClock.now())
    };
    Ok(store.add_audit_event(&event).await?)
}
