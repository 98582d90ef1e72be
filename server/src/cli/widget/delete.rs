//! `connect-server widget delete`: ends a registration, with everything that came through it.

use std::io::{Write, stderr};

use clap::Args;
use connect_server::domain::audit_event::AuditAction;
use connect_server::store::sqlite::Sqlite;
use connect_server::store::{Store, Widgets};

use super::OneWidget;
use crate::cli::common::{CliError, find_widget};
use crate::cli::events::write_down;

/// Which widget goes, and whether that was meant.
#[derive(Args)]
pub struct DeletedWidget {
    #[command(flatten)]
    widget: OneWidget,
    /// Deletes the widget even where people have connected something through it.
    #[arg(long)]
    yes: bool,
}

/// Deletes a widget. Where connections exist it says how many, and does so only when told `--yes`.
///
/// # Errors
/// Where the widget is not there, or has connections that `--yes` does not cover.
pub async fn run(deleted: &DeletedWidget) -> Result<(), CliError> {
    let store = deleted.widget.config.open_database().await?;
    let done = delete(&store, deleted).await;
    store.close().await;
    done
}

async fn delete(store: &Sqlite, deleted: &DeletedWidget) -> Result<(), CliError> {
    let widget = find_widget(store, &deleted.widget.id).await?;
    let held = store.count_contents(&widget.id).await?;
    if held.connections > 0 && !deleted.yes {
        return Err(format!(
            "{} has {} connections of {} businesses, which would be deleted with it, and not be revoked at their \
             services; if that is meant, add --yes",
            widget.id, held.connections, held.businesses
        )
        .into());
    }
    store.delete_widget(&widget.id).await?;
    let with = format!("with {} businesses and {} connections", held.businesses, held.connections);
    write_down(store, AuditAction::DeleteWidget, &widget.id, (None, Some(with))).await?;
    writeln!(
        stderr().lock(),
        "deleted {} with {} businesses, {} connections and {} secret keys",
        widget.id,
        held.businesses,
        held.connections,
        held.secret_keys
    )?;
    Ok(())
}
