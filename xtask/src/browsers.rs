//! The three engines that tests run in, and the system packages they come from.
//! As root on Debian what is missing is installed; otherwise each missing package is named with the command that
//! brings it, and what needs it is skipped. Firefox's driver is a pinned tool (`tools.rs`), as Debian has none.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::{place, run, tools};

/// A browser engine under test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chrome's engine, and Edge's.
    Chromium,
    /// Firefox ESR, by Mozilla's engine.
    Firefox,
    /// Safari's engine, as Debian has it.
    WebKit,
}

/// A program and the Debian package that has it.
type Piece = (&'static [&'static str], &'static str);

const CHROMIUM: &[Piece] = &[(&["chromium"], "chromium"), (&["chromedriver"], "chromium-driver")];
const FIREFOX: &[Piece] = &[(&["firefox", "firefox-esr"], "firefox-esr")];
const WEBKIT: &[Piece] =
    &[(&["WebKitWebDriver"], "webkit2gtk-driver"), (&["xvfb-run"], "xvfb"), (&["xauth"], "xauth")];

impl Engine {
    /// All three, in the order in which they are run.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKitGTK",
        }
    }

    const fn pieces(self) -> &'static [Piece] {
        match self {
            Self::Chromium => CHROMIUM,
            Self::Firefox => FIREFOX,
            Self::WebKit => WEBKIT,
        }
    }

    /// The Debian packages that are still missing for this engine.
    pub fn missing(self) -> Vec<&'static str> {
        let absent = |piece: &&Piece| piece.0.iter().all(|program| place::on_path(program).is_none());
        self.pieces().iter().filter(absent).map(|piece| piece.1).collect()
    }

    /// Variable and value by which wasm-bindgen's runner finds this engine's driver.
    ///
    /// # Errors
    /// When the driver is missing or its script cannot be written.
    pub fn driver(self) -> Result<(&'static str, PathBuf)> {
        Ok(match self {
            Self::Chromium => ("CHROMEDRIVER", found("chromedriver")?),
            Self::Firefox => ("GECKODRIVER", tools::GECKODRIVER.path()?),
            Self::WebKit => ("SAFARIDRIVER", helpers()?.join("webkit-driver")),
        })
    }
}

fn found(program: &str) -> Result<PathBuf> {
    place::on_path(program).with_context(|| format!("{program} is not on PATH"))
}

/// Installs missing packages where that is allowed, and names those that stay missing.
///
/// # Errors
/// When apt-get fails.
pub fn install_missing(root: &Path) -> Result<()> {
    let missing = all_missing();
    if missing.is_empty() {
        return Ok(());
    }
    let packages = missing.join(" ");
    if !rustix::process::geteuid().is_root() || place::on_path("apt-get").is_none() {
        println!("Missing for browser tests: {packages}. On Debian: sudo apt-get install {packages}");
        return Ok(());
    }
    println!("Installing {packages}");
    let limit = Duration::from_mins(15);
    run::must(run::command("apt-get", root).args(["-q", "update"]), limit)?;
    let mut install = run::command("apt-get", root);
    install.env("DEBIAN_FRONTEND", "noninteractive");
    run::must(install.args(["-q", "install", "--yes", "--no-install-recommends"]).args(missing), limit)
}

/// The missing packages of all engines.
pub fn all_missing() -> Vec<&'static str> {
    Engine::ALL.into_iter().flat_map(Engine::missing).collect()
}

/// A folder for `PATH` with what tests expect under names that Debian does not use: `firefox`, and a driver script
/// that gives Safari's engine a screen.
///
/// # Errors
/// When the folder cannot be written.
pub fn helpers() -> Result<PathBuf> {
    let folder = place::cache()?.join("bin");
    fs::create_dir_all(&folder)?;
    let link = folder.join("firefox");
    if let (None, Some(esr)) = (place::on_path("firefox"), place::on_path("firefox-esr"))
        && fs::read_link(&link).ok().as_ref() != Some(&esr)
    {
        if link.is_symlink() {
            fs::remove_file(&link)?;
        }
        symlink(esr, &link).context("linking firefox")?;
    }
    write_script(&folder.join("webkit-driver"), "#!/bin/sh\nexec xvfb-run -a WebKitWebDriver \"$@\"\n")?;
    Ok(folder)
}

fn write_script(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).with_context(|| format!("writing {}", path.display()))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    Ok(())
}
