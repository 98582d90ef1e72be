//! `cargo xtask demo`: the whole thing on one machine. The host page, the Connect server and the practice provider
//! stand on three sites (127.0.0.1, connect.localhost, provider.localhost), so that cookies, CORS and storage behave
//! as they do in the world. Each demo begins with an empty database.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::programs::{self, Programs};
use crate::service::Service;
use crate::{dist, place, run, system};

/// Service ids that the server knows by heart.
const KNOWN: [&str; 7] =
    ["quickbooks", "xero", "freshbooks", "sageBusinessCloud", "zohoBooks", "wave", "myob"];
/// A service that no widget has ever heard of: only the server's configuration tells its name.
const NEW: (&str, &str) = ("harbourBooks", "Harbour Books");

const WIDGET_ID: &str = "SB_PROD_demo";
/// Practice credentials: they open nothing but the practice provider on this machine.
const PRACTICE_SECRET: &str = "practice-secret";
/// Pages on this machine may hold the demo's widget, whatever their port.
const ORIGINS: [&str; 3] = ["http://127.0.0.1:*", "http://localhost:*", "http://*.localhost:*"];

const START: Duration = Duration::from_mins(1);

/// The demo's addresses, counted from its first port.
#[derive(Debug, Clone, Copy)]
pub struct Ports {
    host: u16,
    connect: u16,
    provider: u16,
}

impl Ports {
    /// Three ports in a row.
    ///
    /// # Errors
    /// When the last would be above 65535.
    pub fn from_first(first: u16) -> Result<Self> {
        match (first.checked_add(1), first.checked_add(2)) {
            (Some(connect), Some(provider)) if first > 0 => Ok(Self { host: first, connect, provider }),
            _ => bail!("--port {first} leaves no room for three ports: take one from 1 to 65533"),
        }
    }

    fn check_free(self) -> Result<()> {
        for port in [self.host, self.connect, self.provider] {
            TcpListener::bind(("127.0.0.1", port))
                .with_context(|| format!("port {port} is taken: choose three others with --port N"))?;
        }
        Ok(())
    }

    fn host_url(self) -> String {
        format!("http://127.0.0.1:{}", self.host)
    }

    fn connect_url(self) -> String {
        format!("http://connect.localhost:{}", self.connect)
    }

    fn provider_url(self) -> String {
        format!("http://provider.localhost:{}", self.provider)
    }
}

/// Builds and starts everything, says `ready`, and stays until it is interrupted.
///
/// # Errors
/// When something does not build or start, or ends by itself.
pub fn run(ports: Ports) -> Result<()> {
    ports.check_free()?;
    let root = place::root()?;
    system::check(&root)?;
    let dist = dist::build()?;
    let programs = programs::build(&root)?;
    let config = write_config(&place::target()?, &dist, ports)?;
    create_widget(&root, &programs, &config)?;

    let mut services = start_all(&root, &programs, &config, ports)?;
    println!("ready {}", ports.host_url());
    eprintln!("Ctrl-C ends the demo.");
    loop {
        for service in &mut services {
            service.check_running()?;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn start_all(root: &Path, programs: &Programs, config: &Path, ports: Ports) -> Result<[Service; 3]> {
    let mut provider = run::command(&programs.provider, root);
    provider.arg("--listen").arg(format!("127.0.0.1:{}", ports.provider));
    provider.arg("--public-url").arg(ports.provider_url());
    for id in service_ids() {
        provider.arg("--client").arg(format!("{}:{PRACTICE_SECRET}", client_id(id)));
    }

    let mut host = run::command(&programs.host, root);
    host.arg("--listen").arg(format!("127.0.0.1:{}", ports.host));
    host.arg("--public-url").arg(ports.host_url());
    host.arg("--connect").arg(ports.connect_url()).args(["--widget-id", WIDGET_ID]);

    let mut server = server_command(root, programs, &["serve"], config);
    Ok([
        Service::start("practice-provider", &mut provider, START)?,
        Service::start("connect-server", &mut server, START)?,
        Service::start("host-site", &mut host, START)?,
    ])
}

fn server_command(root: &Path, programs: &Programs, verb: &[&str], config: &Path) -> Command {
    let mut command = run::command(&programs.server, root);
    command.args(verb).arg("--config").arg(config);
    command
}

fn create_widget(root: &Path, programs: &Programs, config: &Path) -> Result<()> {
    let mut command = server_command(root, programs, &["widget", "create"], config);
    command.args(["--name", "Acme Lending", "--id", WIDGET_ID, "--sandbox"]);
    for origin in ORIGINS {
        command.args(["--origin", origin]);
    }
    let id = run::capture(&mut command)?;
    if id.trim() == WIDGET_ID {
        Ok(())
    } else {
        bail!("connect-server made the widget {id:?}, not {WIDGET_ID}")
    }
}

/// Writes a fresh folder with the server's configuration and returns the file.
fn write_config(target: &Path, dist: &Path, ports: Ports) -> Result<PathBuf> {
    let folder = target.join("demo").join(ports.host.to_string());
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("clearing {}", folder.display()))?;
    }
    fs::create_dir_all(&folder)?;
    let file = folder.join("connect.toml");
    fs::write(&file, config(dist, ports))?;
    Ok(file)
}

fn config(dist: &Path, ports: Ports) -> String {
    let mut text = format!(
        "# Written by `cargo xtask demo`, anew each time.\n\
         public_url = \"{}\"\n\
         listen = \"127.0.0.1:{}\"\n\
         database = \"connect.db\"\n\
         key_file = \"connect.key\"\n\
         widget_files = '{}'\n",
        ports.connect_url(),
        ports.connect,
        dist.display(),
    );
    for id in service_ids() {
        text.push_str(&service_section(id, ports));
    }
    text
}

/// The services at which companies are listed behind a sign-in.
const LISTED: [&str; 5] = ["xero", "freshbooks", "sageBusinessCloud", "zohoBooks", "myob"];

/// The browser goes to the provider's public name, the server to the loopback address behind it.
fn service_section(id: &str, ports: Ports) -> String {
    let inside = format!("http://127.0.0.1:{}/{id}", ports.provider);
    let outside = format!("{}/{id}", ports.provider_url());
    let name =
        if id == NEW.0 { format!("name = \"{}\"\nkind = \"accounting\"\n", NEW.1) } else { String::new() };
    let listed = if LISTED.contains(&id) {
        format!("accounts_url = \"{inside}/api/accounts\"\n")
    } else {
        String::new()
    };
    format!(
        "\n[services.{id}]\n\
         {name}{listed}\
         client_id = \"{}\"\n\
         client_secret = \"{PRACTICE_SECRET}\"\n\
         authorize_url = \"{outside}/authorize\"\n\
         token_url = \"{inside}/token\"\n\
         revoke_url = \"{inside}/revoke\"\n\
         issuer = \"{outside}\"\n\
         require_iss = true\n\
         scopes = [\"accounting\"]\n\
         client_authentication = \"basic\"\n",
        client_id(id),
    )
}

fn service_ids() -> impl Iterator<Item = &'static str> {
    KNOWN.into_iter().chain([NEW.0])
}

fn client_id(service: &str) -> String {
    format!("practice-{service}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_and_the_server_reach_the_provider_by_different_names() {
        let text = config(Path::new("/somewhere/dist"), Ports::from_first(9000).unwrap());
        assert!(text.contains("authorize_url = \"http://provider.localhost:9002/xero/authorize\""), "{text}");
        assert!(text.contains("token_url = \"http://127.0.0.1:9002/xero/token\""), "{text}");
        assert!(text.contains("public_url = \"http://connect.localhost:9001\""), "{text}");
    }

    #[test]
    fn only_the_new_service_is_named_in_the_configuration() {
        let text = config(Path::new("/somewhere/dist"), Ports::from_first(9000).unwrap());
        assert_eq!(text.matches("\nname = ").count(), 1);
        assert!(text.contains("[services.harbourBooks]\nname = \"Harbour Books\""), "{text}");
    }

    #[test]
    fn the_last_ports_are_refused_with_what_would_be_right() {
        assert!(Ports::from_first(65534).unwrap_err().to_string().contains("1 to 65533"));
        assert!(Ports::from_first(0).is_err());
        assert!(Ports::from_first(65533).is_ok());
    }
}
