//! What the bench runs against: one Connect server program for each number of services, the practice provider behind them,
//! and the page. The server hands out both packages, from one folder: what `dist` built, and npm's 2.23.0 beside it.

use std::path::{Path, PathBuf};

use practice_services::{CLIENT, CLIENT_SECRET, Provider, ServiceKind, oauth_table, of_kind};
use tempfile::TempDir;
use tokio::process::Command;

use super::page::{self, WIDGET_ID};
use super::way_in::WayIn;
use crate::driver::free_port;
use crate::environment::Artifact;
use crate::error::{JourneyError, Outcome};
use crate::pages::{Page, PageServer};
use crate::processes::RunningProgram;
use crate::programs::{find_artifact, start_server};
use crate::settings::head;

/// How many services the picker has whose loading is measured: those for accounting that the old package knows.
pub const USUAL: usize = 12;

/// How many a short list has, where searching is measured.
pub const FEW: usize = 16;
/// How many a long list has.
pub const MANY: usize = 1000;

/// The sites of the whole bench.
#[derive(Debug)]
pub struct Sites {
    /// With [`USUAL`] services.
    pub usual: Site,
    /// With [`FEW`] services, for the search.
    pub few: Site,
    /// With [`MANY`] services, for the search.
    pub many: Site,
}

impl Sites {
    /// Starts all three.
    ///
    /// # Errors
    /// As [`Site::start`].
    pub async fn start(logs: &Path) -> Outcome<Self> {
        let (usual, few) = (Site::start(USUAL, logs).await?, Site::start(FEW, logs).await?);
        Ok(Self { usual, few, many: Site::start(MANY, logs).await? })
    }
}

/// Everything that a page needs, with so many services. Dropping it ends the programs.
#[derive(Debug)]
pub struct Site {
    /// How many services its server offers.
    pub services: usize,
    pages: PageServer,
    _running: [RunningProgram; 2],
    _folder: TempDir,
}

impl Site {
    /// Starts the programs with so many services for accounting, [`USUAL`] at least.
    ///
    /// # Errors
    /// [`JourneyError::Program`] when something is missing or does not start.
    pub async fn start(services: usize, logs: &Path) -> Outcome<Self> {
        let folder = tempfile::Builder::new()
            .prefix("bench-")
            .tempdir()
            .map_err(JourneyError::io("making a folder for the bench"))?;
        std::fs::create_dir_all(logs).map_err(JourneyError::io("making a folder for logs"))?;
        let log = |program: &str| logs.join(format!("bench-{services}-{program}.log"));
        let files = widget_files(folder.path())?;
        let (port, provider) = (free_port()?, Provider { port: free_port()? });
        let mut command = Command::new(find_artifact(Artifact::Simulator)?);
        command
            .args(["--listen", &format!("127.0.0.1:{}", provider.port)])
            .args(["--public-url", &format!("http://provider.localhost:{}", provider.port)])
            .arg(format!("--client={CLIENT}:{CLIENT_SECRET}"));
        let simulator = RunningProgram::start_ready("simulator", command, &log("provider")).await?;
        let settings = settings(&files, port, provider, services);
        let server =
            start_server(&folder.path().join("server"), &settings, &["--id", WIDGET_ID], &log("connect"))
                .await?;
        let connect = format!("http://connect.localhost:{port}");
        let mut pages =
            vec![("/blank", Page::Html("<!doctype html><title>Blank</title>".to_owned(), vec![]))];
        for way_in in WayIn::ALL {
            pages.push((path(way_in), Page::Html(page::text(way_in, &connect), vec![])));
        }
        let pages = PageServer::start(pages).await?;
        Ok(Self { services, pages, _running: [server, simulator], _folder: folder })
    }

    /// The page that brings the widget in a way.
    pub fn page(&self, way_in: WayIn) -> String {
        self.pages.at(path(way_in))
    }

    /// An empty page of another site.
    pub fn elsewhere(&self) -> String {
        format!("http://localhost:{}/blank", self.pages.port)
    }
}

const fn path(way_in: WayIn) -> &'static str {
    match way_in {
        WayIn::OldPackage => "/old-package",
        WayIn::ScriptTag => "/script-tag",
        WayIn::Module => "/module",
    }
}

/// Puts both packages into one folder, which the server hands out.
fn widget_files(folder: &Path) -> Outcome<PathBuf> {
    let files = folder.join("widget");
    for artifact in [Artifact::Dist, Artifact::OldPackage] {
        copy(&find_artifact(artifact)?, &files).map_err(JourneyError::io("copying the widget's files"))?;
    }
    Ok(files)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            std::fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// A server's settings with the services for accounting that are built in, and made-up ones behind them.
fn settings(files: &Path, port: u16, provider: Provider, services: usize) -> String {
    let mut text = head(files, port);
    let built_in = of_kind(ServiceKind::Accounting).filter(|service| service.is_built_in());
    for service in built_in.take(services) {
        text += &service.table(CLIENT, provider, "");
    }
    for number in USUAL..services {
        let extra =
            format!("name = \"Ledger {number:03}\"\nkind = \"accounting\"\nscopes = [\"accounting\"]\n");
        text += &oauth_table(&format!("ledger{number:03}"), CLIENT, provider, &extra);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_has_as_many_services_as_were_asked_for() {
        for services in [USUAL, 16, 1000] {
            let text = settings(Path::new("files"), 1, Provider { port: 2 }, services);
            assert_eq!(text.matches("\n[services.").count(), services);
        }
    }
}
