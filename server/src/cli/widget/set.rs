//! `connect-server widget set`: changes what is named of a widget.

use clap::Args;
use connect_server::domain::audit_event::AuditAction;
use connect_server::domain::origin::OriginPattern;
use connect_server::domain::registered_address::RegisteredAddress;
use connect_server::domain::widget::{Mode, SANDBOX_PREFIX, SessionPolicy, Widget};
use connect_server::store::sqlite::Sqlite;
use connect_server::store::{Replaced, Store, Widgets};

use super::{OneWidget, show};
use crate::cli::common::{CliError, find_widget, parse_line, parse_optional_line};
use crate::cli::events::write_down;

/// What is to be otherwise.
#[derive(Args)]
#[group(id = "changes", multiple = true, required = true, args = [
    "name", "email", "sandbox", "live", "origins", "success_addresses", "no_success_address", "sessions",
])]
pub struct WidgetChanges {
    #[command(flatten)]
    widget: OneWidget,
    /// Who asks for the connection, in words for people.
    #[arg(long, value_parser = parse_line)]
    name: Option<String>,
    /// Whom people write to for help; empty for nobody.
    #[arg(long, value_parser = parse_optional_line)]
    email: Option<String>,
    /// Lists and accepts the sandbox beside the configured services.
    #[arg(long, conflicts_with = "live")]
    sandbox: bool,
    /// Real services only.
    #[arg(long)]
    live: bool,
    /// The pages that may carry the widget from now on: those given here and no others.
    #[arg(long = "origin", value_name = "ORIGIN")]
    origins: Vec<OriginPattern>,
    /// Where people may be sent when they are done: to those given here and no others.
    #[arg(long = "success-address", value_name = "ADDRESS")]
    success_addresses: Vec<RegisteredAddress>,
    /// Registers no success address: any path on the origins is accepted.
    #[arg(long, conflicts_with = "success_addresses")]
    no_success_address: bool,
    /// Who opens sessions: `open` (the page, as in 2.23) or `minted` (your back end alone, with a secret key).
    #[arg(long, value_name = "POLICY")]
    sessions: Option<SessionPolicy>,
}

/// Changes a widget and shows what it is now. A running server goes by it from the next request on.
///
/// # Errors
/// Where the widget is not there, or an id of the sandbox is to be live.
pub async fn run(changes: WidgetChanges) -> Result<(), CliError> {
    let store = changes.widget.config.open_database().await?;
    let done = change(&store, changes).await;
    store.close().await;
    done
}

async fn change(store: &Sqlite, changes: WidgetChanges) -> Result<(), CliError> {
    let names = names_of(&changes);
    let widget = changed(find_widget(store, &changes.widget.id).await?, changes)?;
    match store.replace_widget(&widget).await? {
        Replaced::Yes => {
            write_down(store, AuditAction::ChangeWidget, &widget.id, (None, Some(names))).await?;
            show::print(store, &widget).await
        }
        Replaced::Overtaken => Err(format!("the widget {} was deleted meanwhile", widget.id).into()),
    }
}

/// Which settings are named, whatever they are set to: names and addresses of people have no place in the audit.
fn names_of(changes: &WidgetChanges) -> String {
    let named = [
        (changes.name.is_some(), "name"),
        (changes.email.is_some(), "email"),
        (changes.sandbox, "sandbox"),
        (changes.live, "live"),
        (!changes.origins.is_empty(), "origins"),
        (!changes.success_addresses.is_empty() || changes.no_success_address, "success addresses"),
        (changes.sessions.is_some(), "sessions"),
    ];
    named.into_iter().filter(|(is_named, _)| *is_named).map(|(_, name)| name).collect::<Vec<_>>().join(", ")
}

fn changed(widget: Widget, changes: WidgetChanges) -> Result<Widget, CliError> {
    if changes.live && widget.id.as_str().starts_with(SANDBOX_PREFIX) {
        return Err(format!(
            "ids beginning with {SANDBOX_PREFIX} are sandbox widgets, so {} cannot be live: create another widget",
            widget.id
        )
        .into());
    }
    let mode = match (changes.sandbox, changes.live) {
        (true, _) => Mode::Sandbox,
        (_, true) => Mode::Live,
        (false, false) => widget.mode,
    };
    let success_addresses = match changes.success_addresses {
        none if none.is_empty() && !changes.no_success_address => widget.success_addresses,
        given => given,
    };
    Ok(Widget {
        name: changes.name.unwrap_or(widget.name),
        email: changes.email.unwrap_or(widget.email),
        mode,
        origins: if changes.origins.is_empty() { widget.origins } else { changes.origins },
        sessions: changes.sessions.unwrap_or(widget.sessions),
        success_addresses,
        ..widget
    })
}
