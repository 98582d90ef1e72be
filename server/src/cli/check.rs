//! `connect-server check`: what is wrong with a configuration, which credentials are still an example's, and which widgets are
//! careless.

use std::io::{Write, stdout};
use std::process::ExitCode;

use connect_server::clock::{Clock, SystemClock};
use connect_server::config;
use connect_server::domain::secret_key::{Scope, SecretKey};
use connect_server::domain::widget::{Mode, SessionPolicy, Widget};
use connect_server::store::sqlite::{OpenedToRead, Sqlite};
use connect_server::store::{SecretKeys, Store, Widgets};

use super::common::{CliError, ConfigFile, environment};
use super::placeholders::list_placeholders;

/// Prints the problems, each with its key, and fails; or warnings, and `ok`.
///
/// # Errors
/// Where stdout is closed, or the database is there and cannot be read.
pub async fn run(file: &ConfigFile) -> Result<ExitCode, CliError> {
    match config::read(&file.path, &environment()) {
        Ok(config) => {
            let mut warnings = list_placeholders(&config);
            let of_widgets = match Sqlite::open_to_read(&config.database).await? {
                OpenedToRead::Missing => Vec::new(),
                OpenedToRead::OtherVersion => vec![format!(
                    "the database {} is of another version of this server, so its widgets were not looked at",
                    config.database.display()
                )],
                OpenedToRead::Opened(store) => {
                    let warnings = list_warnings(&store).await;
                    store.close().await;
                    warnings?
                }
            };
            warnings.extend(of_widgets);
            let mut out = stdout().lock();
            for warning in warnings {
                writeln!(out, "warning: {warning}")?;
            }
            writeln!(out, "ok")?;
            Ok(ExitCode::SUCCESS)
        }
        Err(problems) => {
            let mut out = stdout().lock();
            for problem in problems {
                writeln!(out, "{problem}")?;
            }
            Ok(ExitCode::FAILURE)
        }
    }
}

/// What an operator would want to know of the widgets before real people use them.
async fn list_warnings(store: &Sqlite) -> Result<Vec<String>, CliError> {
    let now = SystemClock.now();
    let mut warnings = Vec::new();
    for widget in store.list_widgets().await? {
        let keys = store.list_secret_keys(Some(&widget.id)).await?;
        let opens_sessions = |key: &SecretKey| key.is_valid(now) && key.scopes.contains(&Scope::Sessions);
        let has_session_key = keys.iter().any(opens_sessions);
        warnings.extend(warnings_of(&widget, has_session_key));
    }
    Ok(warnings)
}

fn warnings_of(widget: &Widget, has_session_key: bool) -> Vec<String> {
    let id = &widget.id;
    let mut warnings = Vec::new();
    if widget.mode == Mode::Live && widget.sessions == SessionPolicy::Open {
        warnings.push(format!(
            "widget {id}: its sessions are open, so whoever knows the id and a business's name opens one; once your back \
             end opens them: connect-server widget set {id} --sessions minted"
        ));
    }
    if widget.mode == Mode::Live && widget.success_addresses.is_empty() {
        warnings.push(format!(
            "widget {id}: no success address is registered, so any path on its origins counts as one; register it: \
             connect-server widget set {id} --success-address https://…"
        ));
    }
    if widget.sessions == SessionPolicy::Minted && !has_session_key {
        warnings.push(format!(
            "widget {id}: its sessions are minted, and no secret key may open one; make it: \
             connect-server key create --widget {id} --name …"
        ));
    }
    warnings
}
