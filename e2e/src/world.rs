//! The programs on three sites of one machine: host `127.0.0.1`, server `connect.localhost`, provider
//! `provider.localhost`; and, where Node is at hand, npm's `OpenID` provider on a fourth. A second server with every
//! service there is (`wide`) starts when a journey first asks for it.
//!
//! Three sites, because cookies and storage are kept per site whatever the port: CORS, `SameSite` and
//! partitioning are real this way.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Command;
use tokio::sync::OnceCell;
use url::Url;

use crate::driver::free_port;
use crate::environment::Handed;
use crate::failure::{Failure, Outcome};
use crate::openid::OpenId;
use crate::processes::Running;
use crate::settings::{CLIENT, Ports, WIDE_CLIENT, settings};
use crate::wide;

/// The widget that the programs know.
pub const WIDGET_ID: &str = "SB_PROD_demo";

const START: Duration = Duration::from_secs(90);

/// The running programs. Dropping it ends them.
#[derive(Debug)]
pub struct World {
    /// The host's address, without a slash at the end.
    pub host: String,
    /// The Connect server's address, for browsers.
    pub connect: String,
    /// The practice provider's address, for servers.
    pub provider: String,
    provider_port: u16,
    /// npm's `OpenID` provider.
    pub openid: OpenId,
    programs: Vec<Running>,
    wide: OnceCell<Server>,
    wide_log: PathBuf,
    folder: TempDir,
}

#[derive(Debug)]
struct Server {
    address: String,
    program: Running,
}

impl World {
    /// Starts everything and waits until each says that it is ready. `name` is for the log files.
    ///
    /// # Errors
    /// [`Failure::Program`] with the end of its log.
    pub async fn start(name: &str, logs: &Path) -> Outcome<Self> {
        let folder = tempfile::Builder::new()
            .prefix("world-")
            .tempdir()
            .map_err(Failure::io("making a folder for the server"))?;
        std::fs::create_dir_all(logs).map_err(Failure::io("making a folder for logs"))?;
        let log = |program: &str| logs.join(format!("{name}-{program}.log"));
        let (host_port, connect_port, provider_port) = (free_port()?, free_port()?, free_port()?);
        let host = format!("http://127.0.0.1:{host_port}");
        let connect = format!("http://connect.localhost:{connect_port}");
        let provider = format!("http://provider.localhost:{provider_port}");

        let mut command = Command::new(handed(Handed::Simulator)?);
        command
            .args(["--listen", &format!("127.0.0.1:{provider_port}"), "--public-url", &provider])
            .args([CLIENT, WIDE_CLIENT].map(|client| format!("--client={client}:practice-secret")));
        let mut programs = vec![ready("simulator", command, &log("provider")).await?];

        let openid_port = free_port()?;
        let callback = format!("{connect}/oauth/callback");
        let openid = OpenId::start(openid_port, &callback, &log("openid")).await;

        let ports = Ports { connect: connect_port, provider: provider_port, openid: openid.port() };
        let settings = settings(&handed(Handed::Dist)?, &ports);
        programs.push(start_server(&folder.path().join("usual"), &settings, &log("connect")).await?);

        let mut command = Command::new(handed(Handed::Host)?);
        command.args(["--listen", &format!("127.0.0.1:{host_port}"), "--public-url", &host]).args([
            "--connect",
            &connect,
            "--widget-id",
            WIDGET_ID,
        ]);
        programs.push(ready("host", command, &log("host")).await?);

        let provider = format!("http://127.0.0.1:{provider_port}");
        let (wide, wide_log) = (OnceCell::new(), log("wide"));
        Ok(Self { host, connect, provider, provider_port, openid, programs, wide, wide_log, folder })
    }

    /// The address, for browsers, of the Connect server with every service there is. It has a database of its own, the
    /// same widget and the same practice provider.
    ///
    /// # Errors
    /// [`Failure::Program`] when it cannot be started.
    pub async fn wide(&self) -> Outcome<&str> {
        let start = async || -> Outcome<Server> {
            let port = free_port()?;
            let settings = wide::settings(&handed(Handed::Dist)?, port, self.provider_port);
            let program = start_server(&self.folder.path().join("wide"), &settings, &self.wide_log).await?;
            Ok(Server { address: format!("http://connect.localhost:{port}"), program })
        };
        Ok(&self.wide.get_or_try_init(start).await?.address)
    }

    /// The host page with these options.
    pub fn host_page(&self, options: &[(&str, &str)]) -> String {
        let mut address = format!("{}/", self.host);
        if let Ok(mut url) = Url::parse(&address) {
            url.query_pairs_mut().extend_pairs(options);
            address = url.into();
        }
        address
    }

    /// What happened at the practice provider for a service, oldest first, without what the wide server did.
    ///
    /// # Errors
    /// [`Failure::Request`].
    pub async fn provider_log(&self, service: &str) -> Outcome<Vec<Value>> {
        let mut log = self.whole_log(service).await?;
        log.retain(|entry| entry["clientId"] != WIDE_CLIENT);
        Ok(log)
    }

    /// What the wide server did there, oldest first.
    ///
    /// # Errors
    /// [`Failure::Request`].
    pub async fn wide_log(&self, service: &str) -> Outcome<Vec<Value>> {
        let mut log = self.whole_log(service).await?;
        log.retain(|entry| entry["clientId"] == WIDE_CLIENT);
        Ok(log)
    }

    async fn whole_log(&self, service: &str) -> Outcome<Vec<Value>> {
        let address = format!("{}/control/{service}/log", self.provider);
        let answer = reqwest::get(address).await?.error_for_status()?.text().await?;
        Ok(serde_json::from_str(&answer).unwrap_or_default())
    }

    /// The ends of the programs' logs, for a report.
    pub fn logs(&self) -> String {
        let wide = self.wide.get().map(|server| &server.program);
        let tails: Vec<String> =
            self.programs.iter().chain(wide).map(|running| running.log_tail(25)).collect();
        tails.join("\n")
    }
}

fn handed(what: Handed) -> Outcome<PathBuf> {
    what.path().map_err(|reason| Failure::Program { program: what.variable().to_owned(), reason })
}

/// Starts a program and waits until it says that it is ready.
pub(crate) async fn ready(name: &str, command: Command, log: &Path) -> Outcome<Running> {
    let mut running = Running::start(name, command, log)?;
    running.line(START, |line| line.starts_with("ready ").then_some(())).await?;
    Ok(running)
}

/// Starts a Connect server with these settings in a folder of its own.
async fn start_server(folder: &Path, settings: &str, log: &Path) -> Outcome<Running> {
    std::fs::create_dir_all(folder).map_err(Failure::io("making a server's folder"))?;
    let config = folder.join("connect.toml");
    std::fs::write(&config, settings).map_err(Failure::io("writing the configuration"))?;
    create_widget(&config).await?;
    let mut command = Command::new(handed(Handed::ConnectServer)?);
    command.arg("serve").arg("--config").arg(&config).env("RUST_LOG", "info");
    ready("connect-server", command, log).await
}

async fn create_widget(config: &Path) -> Outcome {
    let failed =
        |reason: String| Failure::Program { program: "connect-server widget create".to_owned(), reason };
    let mut command = Command::new(handed(Handed::ConnectServer)?);
    command
        .args(["widget", "create", "--config"])
        .arg(config)
        .args(["--name", "Acme Lending", "--id", WIDGET_ID, "--sandbox"])
        .args(["--origin", "http://127.0.0.1:*", "--origin", "http://localhost:*"])
        .args(["--email", "help@acme.example"])
        .stdin(Stdio::null())
        .kill_on_drop(true);
    let ended = tokio::time::timeout(START, command.output())
        .await
        .map_err(|_| failed(format!("not over after {} s", START.as_secs())))?
        .map_err(|error| failed(error.to_string()))?;
    if ended.status.success() {
        return Ok(());
    }
    Err(failed(String::from_utf8_lossy(&ended.stderr).into_owned()))
}
