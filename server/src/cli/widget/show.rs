//! `connect-server widget list` and `show`.

use std::fmt::Display;
use std::io::{Write, stdout};

use connect_server::clock::to_rfc3339;
use connect_server::domain::widget::{Mode, Widget};
use connect_server::store::sqlite::Sqlite;
use connect_server::store::{Store, Widgets};

use super::OneWidget;
use crate::cli::common::{CliError, ConfigFile, find_widget};
use crate::cli::table;

/// Lists all widgets, oldest first.
///
/// # Errors
/// Where the database fails.
pub async fn list(file: &ConfigFile) -> Result<(), CliError> {
    let store = file.open_database().await?;
    let widgets = store.list_widgets().await;
    let mut rows = Vec::new();
    for widget in widgets? {
        let held = store.count_contents(&widget.id).await?;
        let connections = held.connections.to_string();
        let (mode, sessions) = (mode_word(widget.mode).to_owned(), widget.sessions.word().to_owned());
        rows.push([widget.id.to_string(), mode, sessions, connections, widget.name]);
    }
    store.close().await;
    table::print(["ID", "MODE", "SESSIONS", "CONNECTIONS", "NAME"], &rows)?;
    Ok(())
}

/// Shows one widget.
///
/// # Errors
/// Where it is not there.
pub async fn run(one: &OneWidget) -> Result<(), CliError> {
    let store = one.config.open_database().await?;
    let shown = async { print(&store, &find_widget(&store, &one.id).await?).await }.await;
    store.close().await;
    shown
}

/// Prints everything about a widget, a line each.
///
/// # Errors
/// Where the database fails or stdout is closed.
pub async fn print(store: &Sqlite, widget: &Widget) -> Result<(), CliError> {
    let held = store.count_contents(&widget.id).await?;
    let mut out = stdout().lock();
    writeln!(out, "id: {}", widget.id)?;
    writeln!(out, "name: {}", widget.name)?;
    writeln!(out, "email: {}", widget.email)?;
    writeln!(out, "mode: {}", mode_word(widget.mode))?;
    writeln!(out, "sessions: {}", widget.sessions.word())?;
    writeln!(out, "origins: {}", join(&widget.origins))?;
    match widget.success_addresses.as_slice() {
        [] => writeln!(out, "success addresses: none, so any path on the origins")?,
        registered => writeln!(out, "success addresses: {}", join(registered))?,
    }
    writeln!(out, "businesses: {}", held.businesses)?;
    writeln!(out, "connections: {}", held.connections)?;
    writeln!(out, "secret keys: {}", held.secret_keys)?;
    writeln!(out, "created: {}", to_rfc3339(widget.created_at))?;
    Ok(())
}

fn join(things: &[impl Display]) -> String {
    things.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Sandbox => "sandbox",
        Mode::Live => "live",
    }
}
