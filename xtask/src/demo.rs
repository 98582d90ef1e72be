//! `cargo xtask demo`: the whole thing on one machine. The host page, the Connect server and the practice provider
//! stand on three sites (127.0.0.1, connect.localhost, provider.localhost), so that cookies, CORS and storage behave
//! as they do in the world. Each demo begins with an empty database.

mod config;
mod ports;
mod registered;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

pub use self::ports::Ports;
use self::registered::Registered;
use crate::background_program::BackgroundProgram;
use crate::programs::{self, Programs};
use crate::{dist, place, run, system};

const START: Duration = Duration::from_mins(1);

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
    let registered = Registered::create(&root, &programs, &config, ports)?;

    let mut services = start_all(&root, &programs, &config, ports, &registered)?;
    println!("ready {}", ports.host_url());
    eprintln!("Ctrl-C ends the demo.");
    loop {
        for service in &mut services {
            service.check_running()?;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn start_all(
    root: &Path,
    programs: &Programs,
    config: &Path,
    ports: Ports,
    registered: &Registered,
) -> Result<[BackgroundProgram; 3]> {
    let mut provider = run::command(&programs.provider, root);
    provider.arg("--listen").arg(format!("127.0.0.1:{}", ports.provider));
    provider.arg("--public-url").arg(ports.provider_url());
    for client in config::clients() {
        provider.arg("--client").arg(client);
    }

    let mut host = run::command(&programs.host, root);
    host.arg("--listen").arg(format!("127.0.0.1:{}", ports.host));
    host.arg("--public-url").arg(ports.host_url());
    host.arg("--connect").arg(ports.connect_url()).args(["--widget-id", registered::WIDGET_ID]);
    host.env("CONNECT_SECRET_KEY", registered.secret_key.expose());
    host.env("CONNECT_WEBHOOK_SECRET", registered.webhook_secret.expose());

    let mut server = registered::server_command(root, programs, &["serve"], config);
    Ok([
        BackgroundProgram::start("simulator", &mut provider, START)?,
        BackgroundProgram::start("connect-server", &mut server, START)?,
        BackgroundProgram::start("host", &mut host, START)?,
    ])
}

/// Writes a fresh folder with the server's configuration and returns the file.
fn write_config(target: &Path, dist: &Path, ports: Ports) -> Result<PathBuf> {
    let folder = target.join("demo").join(ports.host.to_string());
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("clearing {}", folder.display()))?;
    }
    fs::create_dir_all(&folder)?;
    let file = folder.join("connect.toml");
    fs::write(&file, config::text(dist, ports))?;
    Ok(file)
}
