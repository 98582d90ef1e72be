//! What the operator decides: one TOML file, some of it overridden by the environment.
//!
//! Reading collects every problem instead of stopping at the first, each named by its key with what would be right.
//! `reader.rs` takes values out of a table, `limits.rs` has the bounds of times, `values.rs` checks addresses and secrets, `services.rs` reads the services
//! over their built-in defaults.

mod audit;
mod company_lookup;
mod limits;
mod non_oauth;
mod plaid;
mod profile;
mod public_url;
mod reader;
mod services;
mod values;
mod webhooks;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use audit::{AuditSettings, NetworkError, TrustedProxies};
pub use limits::{AttemptLimits, RequestLimits};
pub use public_url::{PublicUrl, PublicUrlError, Transport};
use reader::Reader;
pub use reader::{ConfigError, Environment};
pub use webhooks::WebhookSettings;

use crate::services::settings::{OauthServices, Settings};
use crate::vault::KeySource;

/// Everything in the configuration file, checked and with its defaults.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where browsers find this server; addresses for popups, callbacks and pictures begin with it.
    pub public_url: PublicUrl,
    /// The address and port that it listens on.
    pub listen: SocketAddr,
    /// The `SQLite` file; made on the first start.
    pub database: PathBuf,
    /// Where the keys are that seal credentials: `CONNECT_KEY`, else the file named by `key_file`.
    pub keys: KeySource,
    /// The folder with the built widget, where this server is to serve it.
    pub widget_files: Option<PathBuf>,
    /// How long a sign-in and the calls behind it may take (`[attempts]`).
    pub attempts: AttemptLimits,
    /// How long clients may take to send a request, and how many may be there at once (`[requests]`).
    pub requests: RequestLimits,
    /// How often access tokens that are due are looked for, to fetch new ones.
    pub refresh_every: Duration,
    /// For how long a service may be silent in a call of a back end through this server; a whole call may take ten times as
    /// long (`[proxy]`).
    pub proxy_silence: Duration,
    /// The OAuth services among the `[services.…]` tables, in the picker's order.
    pub services: OauthServices,
    /// NetSuite, Intacct, QuickBooks Desktop and Plaid; each is `None` where it is not offered.
    pub non_oauth: Settings,
    /// Where webhooks may lead (`[webhooks]`).
    pub webhooks: WebhookSettings,
    /// Whether the back end's API is to be read at `/docs/`; true by default.
    pub api_docs: bool,
    /// How long the audit is kept (`[audit]`).
    pub audit: AuditSettings,
    /// Whose `X-Forwarded-For` says where a call came from; nobody's by default.
    pub trusted_proxies: TrustedProxies,
}

/// Reads the file and lays the environment over it.
///
/// # Errors
/// All [`ConfigError`]s at once.
pub fn read(path: &Path, environment: &Environment) -> Result<Config, Vec<ConfigError>> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        vec![ConfigError::new("--config", format!("{} cannot be read: {error}", path.display()))]
    })?;
    let folder = path.parent().unwrap_or(Path::new("."));
    parse(&text, folder, environment)
}

/// Like [`read`], for a text whose relative paths start in `folder`.
///
/// # Errors
/// All [`ConfigError`]s at once.
pub fn parse(text: &str, folder: &Path, environment: &Environment) -> Result<Config, Vec<ConfigError>> {
    let table: toml::Table = toml::from_str(text)
        .map_err(|error| vec![ConfigError::new("--config", format!("is not TOML: {}", error.message()))])?;
    let mut problems = Vec::new();
    let mut reader = Reader::new("", table);
    reader.override_from(environment, &["public_url", "listen", "database", "key_file", "widget_files"]);

    let public_url = reader.parse::<PublicUrl>("public_url", &mut problems);
    let public_url =
        reader.require("public_url", public_url, "such as https://connect.example", &mut problems);
    let listen = reader.parse::<SocketAddr>("listen", &mut problems);
    let listen = reader.require("listen", listen, "such as 127.0.0.1:8081", &mut problems);
    let database = reader.text("database", &mut problems).unwrap_or_else(|| "connect.db".to_owned());
    let key_file = reader.text("key_file", &mut problems).unwrap_or_else(|| "connect.key".to_owned());
    let widget_files = reader.text("widget_files", &mut problems).map(|given| folder.join(given));
    let attempts = limits::attempts(&mut reader, &mut problems);
    let requests = limits::requests(&mut reader, &mut problems);
    let refresh_every = limits::refresh_every(&mut reader, &mut problems);
    let proxy_silence = limits::proxy_silence(&mut reader, &mut problems);
    let non_oauth = non_oauth::read(&mut reader, environment, &mut problems);
    let services = services::read(&mut reader, environment, &mut problems);
    let webhooks = webhooks::read(&mut reader, &mut problems);
    let api_docs = reader.yes_or_no("api_docs", &mut problems).unwrap_or(true);
    let audit = audit::read(&mut reader, &mut problems);
    let trusted_proxies = audit::read_proxies(&mut reader, &mut problems);
    reader.finish(&mut problems);

    if let Some(given) = widget_files.as_ref().filter(|given| !given.is_dir()) {
        problems.push(ConfigError::new("widget_files", format!("{} is not a folder", given.display())));
    }
    let database = folder.join(database);
    if database.parent().is_some_and(|parent| parent != Path::new("") && !parent.is_dir()) {
        let message = format!("{} cannot be made: its folder does not exist", database.display());
        problems.push(ConfigError::new("database", message));
    }
    let keys = match environment.get("CONNECT_KEY") {
        Some(key) => KeySource::Environment(key.clone().into()),
        None => KeySource::File(folder.join(key_file)),
    };
    if let Err(refused) = keys.read() {
        let key = if matches!(keys, KeySource::File(_)) { "key_file" } else { "CONNECT_KEY" };
        let reason = refused.to_string();
        let message = reason.strip_prefix(key).unwrap_or(&reason).trim_start_matches([':', ' ']);
        problems.push(ConfigError::new(key, message));
    }
    match (public_url, listen) {
        (Some(public_url), Some(listen)) if problems.is_empty() => Ok(Config {
            public_url,
            listen,
            database,
            keys,
            widget_files,
            attempts,
            requests,
            refresh_every,
            proxy_silence,
            services,
            non_oauth,
            webhooks,
            api_docs,
            audit,
            trusted_proxies,
        }),
        _ => Err(problems),
    }
}
