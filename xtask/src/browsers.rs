//! The three engines that tests run in, and the system packages they come from (`packages.rs` installs them).
//! Firefox's driver is a pinned tool (`tools.rs`), as Debian has none.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::packages::{self, Package};
use crate::{place, tools};

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

const CHROMIUM: &[Package] = &[(&["chromium"], "chromium"), (&["chromedriver"], "chromium-driver")];
const FIREFOX: &[Package] = &[(&["firefox", "firefox-esr"], "firefox-esr")];
const WEBKIT: &[Package] =
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

    /// The Debian packages that it is made of.
    pub const fn packages(self) -> &'static [Package] {
        match self {
            Self::Chromium => CHROMIUM,
            Self::Firefox => FIREFOX,
            Self::WebKit => WEBKIT,
        }
    }

    /// The Debian packages that are still missing for this engine.
    pub fn missing(self) -> Vec<&'static str> {
        packages::missing(self.packages())
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
