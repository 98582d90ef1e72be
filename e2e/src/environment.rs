//! What the task runner hands over: where the programs and packages are that it built or installed.
//!
//! Each has one variable. A missing one makes the journeys that need it ignored, with its name as the
//! reason, so that a run without the task runner tells what it left out.

use std::path::PathBuf;

/// One thing that is built or installed before the journeys run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Artifact {
    /// The folder with the widget's distribution.
    Dist,
    /// The `connect-server` binary.
    ConnectServer,
    /// The `simulator` binary.
    Simulator,
    /// The `practice-web-connector` binary.
    WebConnector,
    /// The `host` binary.
    Host,
    /// A `node_modules` folder with `oidc-provider`, `axe-core` and `@railzai/railz-connect`.
    NodeModules,
    /// The folder that the Vite example was built into.
    ViteOut,
    /// The folder that the other examples were built into, a folder each.
    ExamplesOut,
    /// The page that draws a sample of every screen.
    Gallery,
    /// A folder with npm's 2.23.0 as one file for a script tag, compressed like the files of the distribution.
    OldPackage,
}

impl Artifact {
    /// The environment variable that says where it lies.
    pub const fn variable(self) -> &'static str {
        match self {
            Self::Dist => "RAILZ_DIST",
            Self::ConnectServer => "RAILZ_CONNECT_SERVER",
            Self::Simulator => "RAILZ_SIMULATOR",
            Self::WebConnector => "RAILZ_PRACTICE_WEB_CONNECTOR",
            Self::Host => "RAILZ_HOST",
            Self::NodeModules => "RAILZ_NODE_MODULES",
            Self::ViteOut => "RAILZ_VITE_OUT",
            Self::ExamplesOut => "RAILZ_EXAMPLES_OUT",
            Self::Gallery => "RAILZ_GALLERY",
            Self::OldPackage => "RAILZ_OLD_PACKAGE",
        }
    }

    /// The path handed over.
    ///
    /// # Errors
    /// A sentence for people: the variable is unset, or names nothing that exists.
    pub fn path(self) -> Result<PathBuf, String> {
        let variable = self.variable();
        let path = std::env::var_os(variable)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
            .ok_or_else(|| format!("{variable} is not set; `cargo xtask test` sets it"))?;
        path.canonicalize().map_err(|_| format!("{variable} names {}, which does not exist", path.display()))
    }
}

/// The first program of these names on `PATH`, or in one of `also`.
pub fn program(names: &[&str], also: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).chain(also.iter().cloned()).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|candidate| candidate.is_file())
}

/// The folder where a failed journey leaves its picture and the programs leave their logs:
/// `target/e2e` of this workspace.
pub fn report_folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from);
    target.join("e2e")
}
