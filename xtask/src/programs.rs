//! The project's own programs, built for the demo and the journeys: server, practice provider, practice connector
//! and host site.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;

use crate::{place, run};

/// Full paths of the built programs.
#[derive(Debug, Clone)]
pub struct Programs {
    /// `connect-server`.
    pub server: PathBuf,
    /// `simulator`.
    pub provider: PathBuf,
    /// `practice-web-connector`.
    pub connector: PathBuf,
    /// `host`.
    pub host: PathBuf,
}

impl Programs {
    /// Copies of the programs in a folder of their own, which a build beside a long run leaves alone.
    ///
    /// # Errors
    /// When one cannot be copied.
    pub fn copied_to(&self, folder: &Path) -> Result<Self> {
        let Self { server, provider, connector, host } = self;
        place::put(&[server, provider, connector, host].map(Clone::clone), folder)?;
        let copy = |program: &Path| folder.join(program.file_name().unwrap_or_default());
        Ok(Self {
            server: copy(server),
            provider: copy(provider),
            connector: copy(connector),
            host: copy(host),
        })
    }
}

/// Builds the programs in the dev profile, which is quick to build and quick enough to try things out.
///
/// # Errors
/// When one does not compile.
pub fn build(root: &Path) -> Result<Programs> {
    let mut command = run::cargo(root);
    command.args(["build", "--package", "connect-server", "--package", "simulator"]);
    run::must(command.args(["--package", "host"]), Duration::from_mins(30))?;
    let built = place::target()?.join("debug");
    Ok(Programs {
        server: built.join("connect-server"),
        provider: built.join("simulator"),
        connector: built.join("practice-web-connector"),
        host: built.join("host"),
    })
}
