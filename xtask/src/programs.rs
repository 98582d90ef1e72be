//! The project's own programs, built for the demo and the journeys: server, practice provider and host site.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;

use crate::{place, run};

/// Full paths of the built programs.
#[derive(Debug, Clone)]
pub struct Programs {
    /// `connect-server`.
    pub server: PathBuf,
    /// `practice-provider`.
    pub provider: PathBuf,
    /// `host-site`.
    pub host: PathBuf,
}

/// Builds the three programs in the dev profile, which is quick to build and quick enough to try things out.
///
/// # Errors
/// When one does not compile.
pub fn build(root: &Path) -> Result<Programs> {
    let mut command = run::cargo(root);
    command.args(["build", "--package", "connect-server", "--package", "practice-provider"]);
    run::must(command.args(["--package", "host-site"]), Duration::from_mins(30))?;
    let built = place::target()?.join("debug");
    Ok(Programs {
        server: built.join("connect-server"),
        provider: built.join("practice-provider"),
        host: built.join("host-site"),
    })
}
