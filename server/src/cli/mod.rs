//! The commands of `connect-server`, one file a noun.
//!
//! What a program may want to read goes to stdout, whatever is said to people beside it to stderr. Errors name what is
//! wrong and what would be right.

mod check;
mod common;
mod events;
mod key;
mod placeholders;
mod serve;
mod table;
mod webhook;
mod widget;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use common::{CliError, ConfigFile};

/// The server behind the Connect widget.
#[derive(Parser)]
#[command(version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the server until SIGINT or SIGTERM.
    Serve(ConfigFile),
    /// Says what is wrong with a configuration, one line a problem, each with its key; and warns of careless widgets.
    Check(ConfigFile),
    /// Registers widgets, shows and changes them.
    #[command(subcommand)]
    Widget(widget::WidgetCommand),
    /// Makes the secret keys of back ends, lists and ends them.
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// Registers the addresses of back ends that are told what happens, lists and deletes them.
    #[command(subcommand)]
    Webhook(webhook::WebhookCommand),
    /// Shows who did what, when, from where, to which business, with what outcome.
    Events(events::ShownEvents),
}

/// Does what the command line says.
///
/// # Errors
/// In words for the operator: what is wrong, and what would be right.
pub async fn run(cli: Cli) -> Result<ExitCode, CliError> {
    match cli.command {
        Command::Serve(file) => serve::run(&file).await,
        Command::Check(file) => check::run(&file).await,
        Command::Widget(command) => widget::run(command).await,
        Command::Key(command) => key::run(command).await,
        Command::Webhook(command) => webhook::run(command).await,
        Command::Events(shown) => events::run(shown).await,
    }
}
