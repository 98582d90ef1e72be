//! The Python package that a chore uses, pinned to one version and installed once for all checkouts, in an environment of its
//! own.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::{place, run};

/// `schemathesis`, which holds a server against the description of its API.
const SCHEMATHESIS: &str = "4.32.5";

/// The Python that has `schemathesis`, which is installed first when it is missing.
///
/// # Errors
/// When Python's `venv` is missing, or the installation fails.
pub fn with_schemathesis() -> Result<PathBuf> {
    let cache = place::cache()?;
    let installed = cache.join("tools").join(format!("schemathesis-{SCHEMATHESIS}"));
    place::fill_once(&installed, |staging| {
        println!("Installing schemathesis {SCHEMATHESIS} (once for all checkouts)");
        run::must(run::command("python3", &cache).args(["-m", "venv"]).arg(staging), Duration::from_mins(2))?;
        let mut install = run::command(staging.join("bin/python"), &cache);
        install.args(["-m", "pip", "install", "--quiet", &format!("schemathesis=={SCHEMATHESIS}")]);
        run::must(&mut install, Duration::from_mins(10))
    })
    .context("installing schemathesis")?;
    // Programs of an environment name the place where they were installed; its Python does not.
    let python = installed.join("bin/python");
    let said = run::capture(run::command(&python, &cache).args(["-m", "schemathesis.cli", "--version"]))?;
    ensure!(said.contains(SCHEMATHESIS), "{} is broken: remove it", installed.display());
    Ok(python)
}
