//! The three engines, and where this machine has them.
//!
//! Chromium stands for Chrome and Edge, Firefox for itself, `WebKitGTK` for Safari. A missing one is
//! named with the package that brings it. Next: `driver`, which starts one.

use std::path::PathBuf;

use crate::environment::program;

/// The browser engines that a journey may run in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// Chromium, driven by chromedriver.
    Chromium,
    /// Firefox, driven by geckodriver.
    Firefox,
    /// `WebKitGTK`'s `MiniBrowser`, driven by `WebKitWebDriver` on a display of its own.
    WebKit,
}

/// An engine that this machine has.
#[derive(Debug, Clone)]
pub struct Installed {
    /// The engine that was found.
    pub engine: Engine,
    /// The full path of the browser.
    pub browser: PathBuf,
    /// Its `WebDriver` program.
    pub driver: PathBuf,
}

impl Engine {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The name that stands before each journey's.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkitgtk",
        }
    }

    /// Finds the browser and its driver.
    ///
    /// # Errors
    /// A sentence for people that names what is missing and what brings it.
    pub fn find(self) -> Result<Installed, String> {
        let missing = |what: &str, command: &str| format!("{what} is missing; {command} brings it");
        let (browser, driver) = match self {
            Self::Chromium => (
                program(&["chromium", "chromium-browser"], &[])
                    .ok_or_else(|| missing("chromium", "`apt-get install chromium`"))?,
                program(&["chromedriver"], &[])
                    .ok_or_else(|| missing("chromedriver", "`apt-get install chromium-driver`"))?,
            ),
            Self::Firefox => (
                program(&["firefox-esr", "firefox"], &[])
                    .ok_or_else(|| missing("firefox", "`apt-get install firefox-esr`"))?,
                geckodriver().ok_or_else(|| missing("geckodriver", "`cargo install geckodriver`"))?,
            ),
            Self::WebKit => {
                let install = "`apt-get install webkit2gtk-driver xvfb`";
                program(&["Xvfb"], &[]).ok_or_else(|| missing("Xvfb", install))?;
                (
                    mini_browser().ok_or_else(|| missing("MiniBrowser", install))?,
                    program(&["WebKitWebDriver"], &[]).ok_or_else(|| missing("WebKitWebDriver", install))?,
                )
            }
        };
        Ok(Installed { engine: self, browser, driver })
    }
}

/// `RAILZ_GECKODRIVER`, else `PATH`, else the tools folder that the task runner fills.
fn geckodriver() -> Option<PathBuf> {
    let named = std::env::var_os("RAILZ_GECKODRIVER").map(PathBuf::from).filter(|path| path.is_file());
    named.or_else(|| program(&["geckodriver"], &tool_folders("geckodriver-")))
}

fn tool_folders(prefix: &str) -> Vec<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")));
    let tools = cache.map(|cache| cache.join("railz-connect/tools"));
    tools
        .and_then(|tools| tools.read_dir().ok())
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
        .map(|entry| entry.path().join("bin"))
        .collect()
}

/// Debian keeps the browser that `WebKitWebDriver` drives beside the library, per version.
fn mini_browser() -> Option<PathBuf> {
    let libraries = std::fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = libraries
        .flat_map(|entry| std::fs::read_dir(entry.path()).into_iter().flatten().flatten())
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with("webkit2gtk-") || name.starts_with("webkitgtk-")
        })
        .map(|entry| entry.path().join("MiniBrowser"))
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found.pop()
}
