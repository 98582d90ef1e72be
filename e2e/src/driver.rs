//! Starts a driver with its browser: a free port, a profile of its own, popup blocking switched on.
//!
//! `WebDriver` switches popup blocking off unless it is told otherwise: chromedriver by a switch that is
//! taken out, geckodriver by a preference that is set back. `WebKitGTK` blocks by itself.

use std::net::TcpListener;
use std::path::Path;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver};
use tokio::process::Command;

use crate::engines::{Engine, Installed};
use crate::error::{JourneyError, Outcome};
use crate::processes::RunningProgram;

/// The colours that the person's system prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorScheme {
    /// `prefers-color-scheme: light`, the usual one.
    #[default]
    Light,
    /// `prefers-color-scheme: dark`.
    Dark,
}

/// Whether the driver keeps what travels, event by event (Chromium only).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkLog {
    /// It does not.
    Off,
    /// It does, as log of the type `performance`.
    On,
}

/// How long a driver or a display may take to come up, on a busy machine.
const START: Duration = Duration::from_secs(90);

/// How long a driver may take to answer one command, and a script that answers later to do so.
const COMMAND: Duration = Duration::from_mins(2);

/// Ports that the system gives to nobody by itself (it begins at 32768): one that is free now is still free when the
/// program that it was chosen for has started, however late that is.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

static PORTS_TAKEN: AtomicU16 = AtomicU16::new(0);

/// A browser with its driver, display and profile. Dropping it ends and removes them all.
#[derive(Debug)]
pub struct DriverSession {
    /// The `WebDriver` session, with one window open.
    pub session: WebDriver,
    // The order matters: the driver ends before its display, and both before their folder goes.
    driver: RunningProgram,
    _display: Option<RunningProgram>,
    _profile: TempDir,
}

impl DriverSession {
    /// Starts everything and opens a session.
    ///
    /// # Errors
    /// [`JourneyError`] when the driver, its display or the session does not come up.
    pub async fn start(
        installed: &Installed,
        color_scheme: ColorScheme,
        network_log: NetworkLog,
    ) -> Outcome<Self> {
        let profile = tempfile::Builder::new()
            .prefix("journey-")
            .tempdir()
            .map_err(JourneyError::io("making a folder for the profile"))?;
        let display = match installed.engine {
            Engine::WebKit => Some(start_display(profile.path()).await?),
            Engine::Chromium | Engine::Firefox => None,
        };
        let port = free_port()?;
        let mut command = Command::new(&installed.driver);
        command.arg(format!("--port={port}")).env("TMPDIR", profile.path());
        if let Some((_, number)) = &display {
            command
                .env("DISPLAY", format!(":{number}"))
                .env("GDK_BACKEND", "x11")
                .env("XDG_CACHE_HOME", profile.path().join("cache"))
                .env("XDG_DATA_HOME", profile.path().join("data"))
                .env("XDG_CONFIG_HOME", profile.path().join("config"));
        }
        let name = installed.driver.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut driver = RunningProgram::start(&name, command, &profile.path().join("driver.log"))?;
        driver.ignore_output();
        let address = format!("http://127.0.0.1:{port}");
        wait_for_driver(&address, &driver, &name).await?;
        let session = WebDriver::builder(address, capabilities(installed, color_scheme, network_log))
            .request_timeout(COMMAND)
            .await
            .map_err(|error| JourneyError::Program {
                program: name,
                reason: format!("{error}\n{}", driver.log_tail(15)),
            })?;
        session.set_script_timeout(COMMAND).await?;
        let display = display.map(|(display, _)| display);
        Ok(Self { session, driver, _display: display, _profile: profile })
    }

    /// The driver's last words, for a report.
    pub fn log_tail(&self) -> String {
        self.driver.log_tail(10)
    }
}

/// A port of 127.0.0.1 that nobody holds at this moment, another one each time. Several runs begin at different ones.
///
/// # Errors
/// [`JourneyError::Io`] when the machine has none.
pub fn free_port() -> Outcome<u16> {
    let count = PORTS.end - PORTS.start;
    let first = u16::try_from(std::process::id() % u32::from(count)).unwrap_or_default();
    let mut last = None;
    for _ in PORTS {
        let next = PORTS_TAKEN.fetch_add(1, Ordering::Relaxed) % count;
        let port = PORTS.start + (first + next) % count;
        match TcpListener::bind(("127.0.0.1", port)) {
            Ok(_) => return Ok(port),
            Err(error) => last = Some(error),
        }
    }
    let error = last.unwrap_or_else(|| std::io::ErrorKind::AddrInUse.into());
    Err(JourneyError::io("looking for a free port")(error))
}

async fn start_display(folder: &Path) -> Outcome<(RunningProgram, u32)> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
    let mut display = RunningProgram::start("Xvfb", command, &folder.join("display.log"))?;
    let number = display.line(START, |line| line.trim().parse().ok()).await?;
    Ok((display, number))
}

async fn wait_for_driver(address: &str, driver: &RunningProgram, name: &str) -> Outcome {
    let began = Instant::now();
    let client = reqwest::Client::builder().timeout(Duration::from_secs(5)).build()?;
    while began.elapsed() < START {
        if client.get(format!("{address}/status")).send().await.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err(JourneyError::Program {
        program: name.to_owned(),
        reason: format!("silent for {} s\n{}", START.as_secs(), driver.log_tail(15)),
    })
}

fn capabilities(installed: &Installed, color_scheme: ColorScheme, network_log: NetworkLog) -> Capabilities {
    let wanted = match installed.engine {
        Engine::Chromium => chromium(&installed.browser, color_scheme, network_log),
        Engine::Firefox => firefox(&installed.browser, color_scheme),
        Engine::WebKit => webkit(&installed.browser, color_scheme),
    };
    match wanted {
        Value::Object(map) => map.into(),
        _ => Capabilities::new(),
    }
}

fn chromium(browser: &Path, color_scheme: ColorScheme, network_log: NetworkLog) -> Value {
    let mut arguments = vec![
        "--headless=new",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--window-size=1200,900",
    ];
    if rustix::process::geteuid().is_root() {
        arguments.push("--no-sandbox");
    }
    if color_scheme == ColorScheme::Dark {
        arguments.push("--blink-settings=preferredColorScheme=0");
    }
    let mut logs = json!({ "browser": "ALL" });
    if network_log == NetworkLog::On {
        logs["performance"] = json!("ALL");
    }
    json!({
        "browserName": "chrome",
        "goog:loggingPrefs": logs,
        "goog:chromeOptions": {
            "binary": browser,
            "args": arguments,
            "excludeSwitches": ["disable-popup-blocking"],
        },
    })
}

fn firefox(browser: &Path, color_scheme: ColorScheme) -> Value {
    let content_override = match color_scheme {
        ColorScheme::Dark => 0,
        ColorScheme::Light => 1,
    };
    json!({
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "binary": browser,
            "args": ["-headless", "--width=1200", "--height=900"],
            "prefs": {
                "dom.disable_open_during_load": true,
                "layout.css.prefers-color-scheme.content-override": content_override,
            },
        },
    })
}

fn webkit(browser: &Path, color_scheme: ColorScheme) -> Value {
    let mut arguments = vec!["--automation"];
    if color_scheme == ColorScheme::Dark {
        arguments.push("--dark-mode");
    }
    json!({
        "browserName": "MiniBrowser",
        "webkitgtk:browserOptions": { "binary": browser, "args": arguments },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_port_is_given_twice_and_none_that_the_system_gives_by_itself() {
        // Two programs that were to start at once could be given one port.
        let ports: Vec<u16> = (0..200).map(|_| free_port().unwrap()).collect();
        let different: std::collections::BTreeSet<u16> = ports.iter().copied().collect();
        assert_eq!(different.len(), ports.len());
        assert!(ports.iter().all(|port| PORTS.contains(port)), "{ports:?}");
    }

    #[test]
    fn a_port_that_somebody_holds_is_passed_over() {
        let held: Vec<TcpListener> =
            (0..20).map(|_| TcpListener::bind(("127.0.0.1", free_port().unwrap())).unwrap()).collect();
        let taken: Vec<u16> = held.iter().map(|one| one.local_addr().unwrap().port()).collect();
        assert!(!taken.contains(&free_port().unwrap()));
    }
}
