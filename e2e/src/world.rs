//! The programs on three sites of one machine: host `127.0.0.1`, server `connect.localhost`, provider
//! `provider.localhost`; and, where Node is at hand, npm's OpenID provider on a fourth.
//!
//! Three sites, because cookies and storage are kept per site whatever the port: CORS, `SameSite` and
//! partitioning are real this way.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Command;
use url::Url;

use crate::driver::free_port;
use crate::environment::{Handed, program};
use crate::failure::{Failure, Outcome};
use crate::processes::Running;

/// The widget that the programs know.
pub const WIDGET_ID: &str = "SB_PROD_demo";

/// A service that no widget was built with: the server's configuration alone brings it.
pub const UNKNOWN_SERVICE: &str = "harbourBooks";

/// The service behind npm's OpenID provider.
pub const OPENID_SERVICE: &str = "openLedger";

const START: Duration = Duration::from_secs(30);

/// The running programs. Dropping it ends them.
#[derive(Debug)]
pub struct World {
    /// The host's address, without a slash at the end.
    pub host: String,
    /// The Connect server's address, for browsers.
    pub connect: String,
    provider_control: String,
    openid: Result<Running, String>,
    programs: Vec<Running>,
    _folder: TempDir,
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

        let mut command = Command::new(handed(Handed::PracticeProvider)?);
        command
            .args(["--listen", &format!("127.0.0.1:{provider_port}"), "--public-url", &provider])
            .args(["--client", "practice:practice-secret"]);
        let mut programs = vec![ready("practice-provider", command, &log("provider")).await?];

        let openid_port = free_port()?;
        let callback = format!("{connect}/oauth/callback");
        let openid = start_openid(openid_port, &callback, &log("openid")).await;

        let config = folder.path().join("connect.toml");
        let settings = settings(&Ports { connect_port, provider_port, openid_port }, openid.is_ok())?;
        std::fs::write(&config, settings).map_err(Failure::io("writing the configuration"))?;
        create_widget(&config).await?;
        let mut command = Command::new(handed(Handed::ConnectServer)?);
        command.arg("serve").arg("--config").arg(&config).env("RUST_LOG", "info");
        programs.push(ready("connect-server", command, &log("connect")).await?);

        let mut command = Command::new(handed(Handed::HostSite)?);
        command.args(["--listen", &format!("127.0.0.1:{host_port}"), "--public-url", &host]).args([
            "--connect",
            &connect,
            "--widget-id",
            WIDGET_ID,
        ]);
        programs.push(ready("host-site", command, &log("host")).await?);

        let provider_control = format!("http://127.0.0.1:{provider_port}/control");
        Ok(Self { host, connect, provider_control, openid, programs, _folder: folder })
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

    /// Checks that npm's OpenID provider runs.
    ///
    /// # Errors
    /// [`Failure::Program`] with the reason why not.
    pub fn openid(&self) -> Outcome {
        self.openid.as_ref().map(drop).map_err(|reason| Failure::Program {
            program: "oidc-provider".to_owned(),
            reason: reason.clone(),
        })
    }

    /// What happened at the practice provider for a service, oldest first.
    ///
    /// # Errors
    /// [`Failure::Request`].
    pub async fn provider_log(&self, service: &str) -> Outcome<Vec<Value>> {
        let address = format!("{}/{service}/log", self.provider_control);
        let answer = reqwest::get(address).await?.error_for_status()?.text().await?;
        Ok(serde_json::from_str(&answer).unwrap_or_default())
    }

    /// The ends of the programs' logs, for a report.
    pub fn logs(&self) -> String {
        let tails: Vec<String> = self.programs.iter().map(|running| running.log_tail(25)).collect();
        tails.join("\n")
    }
}

struct Ports {
    connect_port: u16,
    provider_port: u16,
    openid_port: u16,
}

fn handed(what: Handed) -> Outcome<PathBuf> {
    what.path().map_err(|reason| Failure::Program { program: what.variable().to_owned(), reason })
}

async fn ready(name: &str, command: Command, log: &Path) -> Outcome<Running> {
    let mut running = Running::start(name, command, log)?;
    running.line(START, |line| line.starts_with("ready ").then_some(())).await?;
    Ok(running)
}

fn settings(ports: &Ports, with_openid: bool) -> Outcome<String> {
    let Ports { connect_port, provider_port, openid_port } = ports;
    let mut text = format!(
        "public_url = \"http://connect.localhost:{connect_port}\"\n\
         listen = \"127.0.0.1:{connect_port}\"\n\
         database = \"connect.db\"\n\
         key_file = \"connect.key\"\n\
         widget_files = {:?}\n",
        handed(Handed::Dist)?
    );
    for (service, further) in [
        ("quickbooks", ""),
        ("xero", ""),
        ("wave", ""),
        (UNKNOWN_SERVICE, "name = \"Harbour Books\"\nkind = \"accounting\"\nscopes = [\"accounting\"]\n"),
    ] {
        text += &format!(
            "\n[services.{service}]\n{further}\
             client_id = \"practice\"\n\
             client_secret = \"practice-secret\"\n\
             authorize_url = \"http://provider.localhost:{provider_port}/{service}/authorize\"\n\
             token_url = \"http://127.0.0.1:{provider_port}/{service}/token\"\n\
             revoke_url = \"http://127.0.0.1:{provider_port}/{service}/revoke\"\n\
             issuer = \"http://provider.localhost:{provider_port}/{service}\"\n"
        );
    }
    if with_openid {
        text += &format!(
            "\n[services.{OPENID_SERVICE}]\n\
             name = \"Open Ledger\"\n\
             kind = \"accounting\"\n\
             scopes = [\"openid\", \"offline_access\"]\n\
             client_id = \"connect\"\n\
             client_secret = \"connect-secret-of-the-journeys\"\n\
             authorize_url = \"http://openid.localhost:{openid_port}/auth\"\n\
             token_url = \"http://127.0.0.1:{openid_port}/token\"\n\
             issuer = \"http://openid.localhost:{openid_port}\"\n\
             require_iss = true\n"
        );
    }
    Ok(text)
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

async fn start_openid(port: u16, callback: &str, log: &Path) -> Result<Running, String> {
    let modules = Handed::NodeModules.path()?;
    let node = program(&["node"], &[]).ok_or("node is not on PATH")?;
    let mut command = Command::new(node);
    command
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("oidc-provider.mjs"))
        .arg(modules)
        .args([&port.to_string(), callback]);
    ready("oidc-provider", command, log).await.map_err(|error| error.to_string())
}
