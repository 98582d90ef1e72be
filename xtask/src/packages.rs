//! Debian's packages that tests need beyond Rust and Node.
//!
//! As root on Debian what is missing is installed; otherwise each missing package is named with the command that brings it,
//! and what needs it is skipped.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use crate::{place, run};

/// What a package brings, under any of these names on `PATH` or as a file, and the package.
pub type Package = (&'static [&'static str], &'static str);

/// What the examples for back ends are run by, beside Node.
pub const BACK_END_EXAMPLES: &[Package] = &[
    (&["/usr/lib/python3/dist-packages/jwt/__init__.py"], "python3-jwt"),
    (&["/usr/lib/python3/dist-packages/cryptography/__init__.py"], "python3-cryptography"),
    (&["php"], "php-cli"),
];

/// What `schemathesis` is installed with.
pub const SCHEMATHESIS: &[Package] = &[
    (&["python3"], "python3"),
    (
        &["/usr/lib/python3.11/ensurepip/__init__.py", "/usr/lib/python3.13/ensurepip/__init__.py"],
        "python3-venv",
    ),
];

/// Those of these packages that are not there.
pub fn missing(packages: &[Package]) -> Vec<&'static str> {
    let is_there = |name: &&str| Path::new(name).is_file() || place::on_path(name).is_some();
    let absent = packages.iter().filter(|package| !package.0.iter().any(is_there));
    absent.map(|package| package.1).collect()
}

/// Installs these packages where that is allowed, and otherwise names them.
///
/// # Errors
/// When apt-get fails.
pub fn install(root: &Path, missing: &[&str]) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let packages = missing.join(" ");
    if !rustix::process::geteuid().is_root() || place::on_path("apt-get").is_none() {
        println!("Missing for some tests: {packages}. On Debian: sudo apt-get install {packages}");
        return Ok(());
    }
    println!("Installing {packages}");
    let limit = Duration::from_mins(15);
    run::must(run::command("apt-get", root).args(["-q", "update"]), limit)?;
    let mut install = run::command("apt-get", root);
    install.env("DEBIAN_FRONTEND", "noninteractive");
    run::must(install.args(["-q", "install", "--yes", "--no-install-recommends"]).args(missing), limit)
}
