//! The programs on three sites of one machine: host `127.0.0.1`, server `connect.localhost`, provider
//! `provider.localhost`; and, where Node is at hand, npm's `OpenID` provider on a fourth. A second server with every
//! service there is (`all_services.rs`) and a third one (`opener_policies.rs`) start when a journey first asks for them.
//!
//! Three sites, because cookies and storage are kept per site whatever the port: CORS, `SameSite` and
//! partitioning are real this way.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use practice_services::{CLIENT, CLIENT_SECRET};
use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Command;
use tokio::sync::OnceCell;
use url::Url;

use crate::all_services;
use crate::driver::free_port;
use crate::environment::Artifact;
use crate::error::{JourneyError, Outcome};
use crate::opener_policies;
use crate::openid::OpenId;
use crate::processes::{READY, RunningProgram};
use crate::settings::{ALL_SERVICES_CLIENT, Ports, settings};

/// The widget that the programs know.
pub const WIDGET_ID: &str = "SB_PROD_demo";

/// The widget of the same server whose sessions a back end makes.
pub const MINTED_WIDGET_ID: &str = "SB_PROD_minted";

/// The running programs. Dropping it ends them.
#[derive(Debug)]
pub struct Programs {
    /// The host's address, without a slash at the end.
    pub host: String,
    /// The Connect server's address, for browsers.
    pub connect: String,
    /// The practice provider's address, for servers.
    pub provider: String,
    provider_port: u16,
    /// npm's `OpenID` provider.
    pub openid: OpenId,
    running: Vec<RunningProgram>,
    secret_key: String,
    all_services: OnceCell<Server>,
    all_services_log: PathBuf,
    opener_policies: OnceCell<Server>,
    opener_policies_log: PathBuf,
    minted_host: OnceCell<Server>,
    minted_host_log: PathBuf,
    folder: TempDir,
}

/// The folder of the server that journeys mostly ask.
const USUAL: &str = "usual";

/// The words of `widget create` for the widget of journeys, which offers the sandbox.
const WITH_SANDBOX: &[&str] = &["--id", WIDGET_ID, "--sandbox"];

#[derive(Debug)]
struct Server {
    address: String,
    program: RunningProgram,
    /// With which journeys have sessions made that are told everything; a host needs none.
    secret_key: Option<String>,
}

impl Programs {
    /// Starts everything and waits until each says that it is ready. `name` is for the log files.
    ///
    /// # Errors
    /// [`JourneyError::Program`] with the end of its log.
    pub async fn start(name: &str, logs: &Path) -> Outcome<Self> {
        let folder = tempfile::Builder::new()
            .prefix("programs-")
            .tempdir()
            .map_err(JourneyError::io("making a folder for the server"))?;
        std::fs::create_dir_all(logs).map_err(JourneyError::io("making a folder for logs"))?;
        let log = |program: &str| logs.join(format!("{name}-{program}.log"));
        let (host_port, connect_port, provider_port) = (free_port()?, free_port()?, free_port()?);
        let host = format!("http://127.0.0.1:{host_port}");
        let connect = format!("http://connect.localhost:{connect_port}");
        let provider = format!("http://provider.localhost:{provider_port}");

        let mut command = Command::new(find_artifact(Artifact::Simulator)?);
        command
            .args(["--listen", &format!("127.0.0.1:{provider_port}"), "--public-url", &provider])
            .args([CLIENT, ALL_SERVICES_CLIENT].map(|client| format!("--client={client}:{CLIENT_SECRET}")));
        let mut running = vec![RunningProgram::start_ready("simulator", command, &log("provider")).await?];

        let openid_port = free_port()?;
        let callback = format!("{connect}/oauth/callback");
        let openid = OpenId::start(openid_port, &callback, &log("openid")).await;

        let ports = Ports { connect: connect_port, provider: provider_port, openid: openid.port() };
        let settings = settings(&find_artifact(Artifact::Dist)?, &ports);
        running
            .push(start_server(&folder.path().join(USUAL), &settings, WITH_SANDBOX, &log("connect")).await?);
        let secret_key = create_key(&folder.path().join(USUAL), WIDGET_ID).await?;

        let mut command = Command::new(find_artifact(Artifact::Host)?);
        command.args(["--listen", &format!("127.0.0.1:{host_port}"), "--public-url", &host]).args([
            "--connect",
            &connect,
            "--widget-id",
            WIDGET_ID,
        ]);
        running.push(RunningProgram::start_ready("host", command, &log("host")).await?);

        let provider = format!("http://127.0.0.1:{provider_port}");
        let (all_services, all_services_log) = (OnceCell::new(), log("all_services"));
        let (opener_policies, opener_policies_log) = (OnceCell::new(), log("opener_policies"));
        let (minted_host, minted_host_log) = (OnceCell::new(), log("minted_host"));
        Ok(Self {
            host,
            connect,
            provider,
            provider_port,
            openid,
            running,
            secret_key,
            all_services,
            all_services_log,
            opener_policies,
            opener_policies_log,
            minted_host,
            minted_host_log,
            folder,
        })
    }

    /// The address, for browsers, of the Connect server with every service there is. It has a database of its own, the
    /// same widget and the same practice provider.
    ///
    /// # Errors
    /// [`JourneyError::Program`] when it cannot be started.
    pub async fn all_services_server(&self) -> Outcome<&str> {
        let start = async || -> Outcome<Server> {
            let port = free_port()?;
            let settings = all_services::settings(&find_artifact(Artifact::Dist)?, port, self.provider_port);
            let folder = self.folder.path().join("all_services");
            let program = start_server(&folder, &settings, WITH_SANDBOX, &self.all_services_log).await?;
            let secret_key = Some(create_key(&folder, WIDGET_ID).await?);
            Ok(Server { address: format!("http://connect.localhost:{port}"), program, secret_key })
        };
        Ok(&self.all_services.get_or_try_init(start).await?.address)
    }

    /// The address, for browsers, of the Connect server with a service for each opener policy ([`opener_policies`]).
    ///
    /// # Errors
    /// [`JourneyError::Program`] when it cannot be started.
    pub async fn opener_policies_server(&self) -> Outcome<&str> {
        let start = async || -> Outcome<Server> {
            let port = free_port()?;
            let settings =
                opener_policies::settings(&find_artifact(Artifact::Dist)?, port, self.provider_port);
            let folder = self.folder.path().join("opener_policies");
            let program = start_server(&folder, &settings, WITH_SANDBOX, &self.opener_policies_log).await?;
            Ok(Server { address: format!("http://connect.localhost:{port}"), program, secret_key: None })
        };
        Ok(&self.opener_policies.get_or_try_init(start).await?.address)
    }

    /// The address of a host with a back end: it mints the sessions of [`MINTED_WIDGET_ID`] with a secret key, and is told by
    /// webhooks. It has the same Connect server.
    ///
    /// # Errors
    /// [`JourneyError::Program`] when it cannot be started.
    pub async fn minted_host(&self) -> Outcome<&str> {
        let start = async || -> Outcome<Server> {
            let config = self.folder.path().join(USUAL).join("connect.toml");
            let port = free_port()?;
            let address = format!("http://127.0.0.1:{port}");
            let success = format!("{address}/success");
            let minted = ["--sandbox", "--sessions", "minted", "--success-address", &success];
            create_widget(&config, &[&["--id", MINTED_WIDGET_ID], &minted[..]].concat()).await?;
            let key =
                ["--widget", MINTED_WIDGET_ID, "--name", "journeys", "--scope", "sessions,read,write,tokens"];
            let key = administer(&config, &["key", "create"], &key).await?;
            let webhooks = format!("{address}/webhooks/connect");
            let webhook = ["--widget", MINTED_WIDGET_ID, "--url", &webhooks];
            let webhook_secret = administer(&config, &["webhook", "add"], &webhook).await?;
            let mut command = Command::new(find_artifact(Artifact::Host)?);
            command
                .args(["--listen", &format!("127.0.0.1:{port}"), "--public-url", &address])
                .args(["--connect", &self.connect, "--widget-id", MINTED_WIDGET_ID])
                .env("CONNECT_SECRET_KEY", key.trim())
                .env("CONNECT_WEBHOOK_SECRET", webhook_secret.trim());
            let program = RunningProgram::start_ready("host", command, &self.minted_host_log).await?;
            Ok(Server { address, program, secret_key: None })
        };
        Ok(&self.minted_host.get_or_try_init(start).await?.address)
    }

    /// A secret key of the server at this address, which has sessions of [`WIDGET_ID`] made.
    pub(crate) fn secret_key_of(&self, server: &str) -> &str {
        let other = self.all_services.get().filter(|other| other.address == server);
        other.and_then(|other| other.secret_key.as_deref()).unwrap_or(&self.secret_key)
    }

    /// The host page with these options.
    pub fn host_page(&self, options: &[(&str, &str)]) -> String {
        self.page_of(&self.host, options)
    }

    /// The same of another host, by its address.
    pub fn page_of(&self, host: &str, options: &[(&str, &str)]) -> String {
        let mut address = format!("{host}/");
        if let Ok(mut url) = Url::parse(&address) {
            url.query_pairs_mut().extend_pairs(options);
            address = url.into();
        }
        address
    }

    /// What happened at the practice provider for a service, oldest first, without what the server of all services did.
    ///
    /// # Errors
    /// [`JourneyError::Request`].
    pub async fn provider_log(&self, service: &str) -> Outcome<Vec<Value>> {
        let mut log = self.whole_log(service).await?;
        log.retain(|entry| entry["clientId"] != ALL_SERVICES_CLIENT);
        Ok(log)
    }

    /// What the server of all services did there, oldest first.
    ///
    /// # Errors
    /// [`JourneyError::Request`].
    pub async fn all_services_log(&self, service: &str) -> Outcome<Vec<Value>> {
        let mut log = self.whole_log(service).await?;
        log.retain(|entry| entry["clientId"] == ALL_SERVICES_CLIENT);
        Ok(log)
    }

    async fn whole_log(&self, service: &str) -> Outcome<Vec<Value>> {
        let address = format!("{}/control/{service}/log", self.provider);
        let answer = reqwest::get(address).await?.error_for_status()?.text().await?;
        Ok(serde_json::from_str(&answer).unwrap_or_default())
    }

    /// The ends of the programs' logs, for a report.
    pub fn logs(&self) -> String {
        let more = [self.all_services.get(), self.opener_policies.get(), self.minted_host.get()];
        let more = more.into_iter().flatten().map(|server| &server.program);
        let tails: Vec<String> =
            self.running.iter().chain(more).map(|program| program.log_tail(25)).collect();
        tails.join("\n")
    }
}

pub(crate) fn find_artifact(what: Artifact) -> Outcome<PathBuf> {
    what.path().map_err(|reason| JourneyError::Program { program: what.variable().to_owned(), reason })
}

/// Starts a Connect server with these settings in a folder of its own. `widget` is what `widget create` is told of the one
/// widget that it knows: its id, and whether it offers the sandbox.
pub(crate) async fn start_server(
    folder: &Path,
    settings: &str,
    widget: &[&str],
    log: &Path,
) -> Outcome<RunningProgram> {
    std::fs::create_dir_all(folder).map_err(JourneyError::io("making a server's folder"))?;
    let config = folder.join("connect.toml");
    std::fs::write(&config, settings).map_err(JourneyError::io("writing the configuration"))?;
    create_widget(&config, widget).await?;
    let mut command = Command::new(find_artifact(Artifact::ConnectServer)?);
    command.arg("serve").arg("--config").arg(&config).env("RUST_LOG", "info");
    RunningProgram::start_ready("connect-server", command, log).await
}

async fn create_widget(config: &Path, widget: &[&str]) -> Outcome {
    let mut words = vec!["--name", "Acme Lending", "--email", "help@acme.example"];
    words.extend(["--origin", "http://127.0.0.1:*", "--origin", "http://localhost:*"]);
    words.extend(widget);
    administer(config, &["widget", "create"], &words).await.map(drop)
}

/// Makes a secret key of the server in this folder that has sessions of a widget made.
async fn create_key(folder: &Path, widget: &str) -> Outcome<String> {
    let words = ["--widget", widget, "--name", "journeys", "--scope", "sessions"];
    let key = administer(&folder.join("connect.toml"), &["key", "create"], &words).await?;
    Ok(key.trim().to_owned())
}

/// Runs a command of the server that ends by itself, and gives what it writes to stdout.
async fn administer(config: &Path, command: &[&str; 2], words: &[&str]) -> Outcome<String> {
    let program = format!("connect-server {}", command.join(" "));
    let failed = |reason: String| JourneyError::Program { program: program.clone(), reason };
    let mut running = Command::new(find_artifact(Artifact::ConnectServer)?);
    running.args(command).arg("--config").arg(config).args(words).stdin(Stdio::null()).kill_on_drop(true);
    let ended = tokio::time::timeout(READY, running.output())
        .await
        .map_err(|_| failed(format!("not over after {} s", READY.as_secs())))?
        .map_err(|error| failed(error.to_string()))?;
    if ended.status.success() {
        return Ok(String::from_utf8_lossy(&ended.stdout).into_owned());
    }
    Err(failed(String::from_utf8_lossy(&ended.stderr).into_owned()))
}
