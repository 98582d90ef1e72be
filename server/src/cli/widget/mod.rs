//! `connect-server widget`: the registrations of customers, so that nothing needs SQL by hand.

mod create;
mod delete;
mod set;
mod show;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::common::{CliError, ConfigFile};

/// What can be done with widgets.
#[derive(Subcommand)]
pub enum WidgetCommand {
    /// Registers a widget and prints its id.
    Create(create::NewWidget),
    /// Lists the widgets, a line each.
    List(ConfigFile),
    /// Shows everything about one widget.
    Show(OneWidget),
    /// Changes what is named of a widget, and shows it; the rest stays.
    Set(set::WidgetChanges),
    /// Deletes a widget with its businesses, connections and keys.
    Delete(delete::DeletedWidget),
}

/// Which widget is meant.
#[derive(Args)]
pub struct OneWidget {
    #[command(flatten)]
    config: ConfigFile,
    /// The widget's id.
    id: String,
}

/// Does what the command says.
///
/// # Errors
/// Where the widget is not there or may not be so, or the database fails.
pub async fn run(command: WidgetCommand) -> Result<ExitCode, CliError> {
    match command {
        WidgetCommand::Create(new) => create::run(new).await?,
        WidgetCommand::List(file) => show::list(&file).await?,
        WidgetCommand::Show(one) => show::run(&one).await?,
        WidgetCommand::Set(changes) => set::run(changes).await?,
        WidgetCommand::Delete(deleted) => delete::run(&deleted).await?,
    }
    Ok(ExitCode::SUCCESS)
}
