//! What the demo registers at its Connect server before it starts, as an operator would: widgets, a secret key, a webhook.

use std::fmt;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::ports::Ports;
use crate::programs::Programs;
use crate::run;

/// The widget of the host page, whose sessions the host's back end mints.
pub(super) const WIDGET_ID: &str = "SB_PROD_demo";
/// The widget of the development page (`index.js`), which has no back end: it opens its sessions itself.
const OPEN_WIDGET_ID: &str = "SB_PROD_open";
/// Pages on this machine may hold the development page's widget, whatever their port.
const ORIGINS: [&str; 3] = ["http://127.0.0.1:*", "http://localhost:*", "http://*.localhost:*"];

/// A secret that a command printed this once. It does not print again.
pub(super) struct Secret(String);

impl Secret {
    /// The text itself, for the program that needs it.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(not shown)")
    }
}

/// What the host page's back end was given.
#[derive(Debug)]
pub(super) struct Registered {
    /// What it proves itself with.
    pub secret_key: Secret,
    /// What its webhooks are signed with.
    pub webhook_secret: Secret,
}

impl Registered {
    /// Registers everything.
    ///
    /// # Errors
    /// When a command of the server fails.
    pub(super) fn create(root: &Path, programs: &Programs, config: &Path, ports: Ports) -> Result<Self> {
        let run = |verb: &[&str], words: &[&str]| {
            run::capture(server_command(root, programs, verb, config).args(words))
        };
        let host = ports.host_url();
        let (success, webhooks) = (format!("{host}/success"), format!("{host}/webhooks/connect"));
        let minted = ["--origin", &host, "--sessions", "minted", "--success-address", &success];
        create_widget(run, WIDGET_ID, &minted)?;
        create_widget(run, OPEN_WIDGET_ID, &ORIGINS.map(|origin| ["--origin", origin]).concat())?;

        let of_widget = ["--widget", WIDGET_ID];
        let key =
            [&of_widget[..], &["--name", "host page", "--scope", "sessions,read,write,tokens"]].concat();
        let webhook = [&of_widget[..], &["--url", &webhooks]].concat();
        Ok(Self {
            secret_key: Secret(run(&["key", "create"], &key)?.trim().to_owned()),
            webhook_secret: Secret(run(&["webhook", "add"], &webhook)?.trim().to_owned()),
        })
    }
}

fn create_widget(run: impl Fn(&[&str], &[&str]) -> Result<String>, id: &str, words: &[&str]) -> Result<()> {
    let usual = ["--name", "Harbour Lending", "--email", "help@harbour.example", "--id", id, "--sandbox"];
    let made = run(&["widget", "create"], &[&usual[..], words].concat())?;
    if made.trim() == id { Ok(()) } else { bail!("connect-server made the widget {made:?}, not {id}") }
}

/// A command of the server with the demo's configuration.
pub(super) fn server_command(root: &Path, programs: &Programs, verb: &[&str], config: &Path) -> Command {
    let mut command = run::command(&programs.server, root);
    command.args(verb).arg("--config").arg(config);
    command
}
