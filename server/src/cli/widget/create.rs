//! `connect-server widget create`: registers a customer's widget.

use std::io::{Write, stdout};

use clap::Args;
use connect_server::clock::{Clock, SystemClock};
use connect_server::domain::audit_event::AuditAction;
use connect_server::domain::origin::OriginPattern;
use connect_server::domain::registered_address::RegisteredAddress;
use connect_server::domain::widget::{self, Mode, SessionPolicy, Widget};
use connect_server::random;
use connect_server::store::sqlite::Sqlite;
use connect_server::store::{Added, Store, Widgets};

use crate::cli::common::{CliError, ConfigFile, parse_line, parse_optional_line};
use crate::cli::events::write_down;

/// What a new widget is.
#[derive(Args)]
pub struct NewWidget {
    #[command(flatten)]
    config: ConfigFile,
    /// Who asks for the connection, in words for people.
    #[arg(long, value_parser = parse_line)]
    name: String,
    /// The widget's id; one is made where none is given.
    #[arg(long)]
    id: Option<String>,
    /// Lists and accepts the sandbox.
    #[arg(long)]
    sandbox: bool,
    /// A page that may carry the widget: <https://app.example>, or for development <http://localhost:*>.
    #[arg(long = "origin", value_name = "ORIGIN", required = true)]
    origins: Vec<OriginPattern>,
    /// Where people may be sent when they are done: <https://app.example/connected> stands for itself and what is below
    /// it. Where none is registered, any path on the origins is accepted.
    #[arg(long = "success-address", value_name = "ADDRESS")]
    success_addresses: Vec<RegisteredAddress>,
    /// Who opens sessions: `open` (the page, as in 2.23) or `minted` (your back end alone, with a secret key).
    #[arg(long, value_name = "POLICY", default_value = "open")]
    sessions: SessionPolicy,
    /// Whom people write to for help.
    #[arg(long, default_value = "", value_parser = parse_optional_line)]
    email: String,
}

/// Registers a widget and prints its id and nothing else.
///
/// # Errors
/// Where the id is none or is taken.
pub async fn run(new: NewWidget) -> Result<(), CliError> {
    let config = new.config.read()?;
    let mode = if new.sandbox { Mode::Sandbox } else { Mode::Live };
    let id = match &new.id {
        Some(id) => widget::parse_id(id, mode)?,
        None => widget::new_id(random::uuid()?, mode),
    };
    let widget = Widget {
        id,
        name: new.name,
        email: new.email,
        mode,
        origins: new.origins,
        sessions: new.sessions,
        success_addresses: new.success_addresses,
        created_at: SystemClock.now(),
    };
    let store = Sqlite::open(&config.database).await?;
    let added = add(&store, &widget).await;
    store.close().await;
    if added? == Added::Taken {
        return Err(format!("there is a widget with the id {} already; choose another one", widget.id).into());
    }
    writeln!(stdout().lock(), "{}", widget.id)?;
    Ok(())
}

async fn add(store: &Sqlite, widget: &Widget) -> Result<Added, CliError> {
    let added = store.add_widget(widget).await?;
    if added == Added::New {
        write_down(store, AuditAction::CreateWidget, &widget.id, (None, None)).await?;
    }
    Ok(added)
}
