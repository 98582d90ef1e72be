//! What every command needs: the configuration, the database that it names, and the widget that it is about.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;

use clap::Args;
use connect_server::config::{self, Config, Environment};
use connect_server::domain::widget::Widget;
use connect_server::store::Widgets;
use connect_server::store::sqlite::Sqlite;
use railz_connect_contract::WidgetId;

/// Whatever a command failed of, in words for the operator.
pub type CliError = Box<dyn Error + Send + Sync>;

/// Where the configuration is.
#[derive(Args)]
pub struct ConfigFile {
    /// The TOML file.
    #[arg(long = "config", value_name = "FILE")]
    pub path: PathBuf,
}

impl ConfigFile {
    /// Reads the configuration, the environment before the file.
    ///
    /// # Errors
    /// All that is wrong with it, a line each.
    pub fn read(&self) -> Result<Config, CliError> {
        config::read(&self.path, &environment()).map_err(|problems| {
            let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
            format!("the configuration {} is not right:\n{}", self.path.display(), lines.join("\n")).into()
        })
    }

    /// Opens the database, which must be there: only `serve` and `widget create` make one.
    ///
    /// # Errors
    /// Where there is none, or it cannot be opened.
    pub async fn open_database(&self) -> Result<Sqlite, CliError> {
        let path = self.read()?.database;
        if !path.exists() {
            let path = path.display();
            return Err(format!(
                "there is no database {path}: check the configuration's `database`, or register the first widget with \
                 `connect-server widget create`"
            )
            .into());
        }
        Ok(Sqlite::open(&path).await?)
    }
}

/// Ours of the environment. Letters that are no UTF-8 are replaced, so that the configuration refuses them by key.
pub fn environment() -> Environment {
    std::env::vars_os()
        .map(|(key, value)| (key.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
        .filter(|(key, _)| key.starts_with("CONNECT_"))
        .collect::<BTreeMap<_, _>>()
}

/// The widget of an id that the operator typed.
///
/// # Errors
/// Where there is none.
pub async fn find_widget(store: &Sqlite, id: &str) -> Result<Widget, CliError> {
    let widget = store.widget(&WidgetId::new(id)).await?;
    widget.ok_or_else(|| format!("there is no widget {id:?}: `connect-server widget list` shows them").into())
}

/// The longest name or e-mail address, in letters.
const LONGEST_TEXT: usize = 200;

/// Takes a text that people will read on one line.
///
/// # Errors
/// Where it is empty, too long or of more than one line.
pub fn parse_line(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("it must not be empty: people read it".to_owned());
    }
    parse_optional_line(text)
}

/// As [`parse_line`], or nothing.
///
/// # Errors
/// Where it is too long or of more than one line.
pub fn parse_optional_line(text: &str) -> Result<String, String> {
    if text.chars().count() > LONGEST_TEXT || text.contains(char::is_control) {
        return Err(format!("it must be one line of at most {LONGEST_TEXT} letters"));
    }
    Ok(text.trim().to_owned())
}
