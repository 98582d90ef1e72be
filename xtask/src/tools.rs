//! The cargo programs that chores use, each pinned to one version and installed once for all checkouts.
//! wasm-bindgen's version equals the crate's (`=0.2.130` in Cargo.toml): its runner refuses any other.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::{place, run};

/// Whether a program is built with the versions its own lock file names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lock {
    /// `--locked`.
    Theirs,
    /// The newest that fit: the lock file names something that cannot be had any more.
    Newest,
}

/// A program from crates.io at one version.
#[derive(Debug, Clone, Copy)]
pub struct Tool {
    crate_name: &'static str,
    version: &'static str,
    program: &'static str,
    lock: Lock,
}

/// `wasm-bindgen` and `wasm-bindgen-test-runner`.
pub const WASM_BINDGEN: Tool =
    Tool { crate_name: "wasm-bindgen-cli", version: "0.2.130", program: "wasm-bindgen", lock: Lock::Newest };
/// Builds the engine for the web.
pub const WASM_PACK: Tool =
    Tool { crate_name: "wasm-pack", version: "0.15.1", program: "wasm-pack", lock: Lock::Newest };
/// Drives Firefox.
pub const GECKODRIVER: Tool =
    Tool { crate_name: "geckodriver", version: "0.37.1", program: "geckodriver", lock: Lock::Theirs };
/// Builds and serves the development page. Newer releases want a newer Rust than this project.
pub const TRUNK: Tool =
    Tool { crate_name: "trunk", version: "0.21.14", program: "trunk", lock: Lock::Theirs };
/// Checks licences, sources, bans and advisories.
pub const CARGO_DENY: Tool =
    Tool { crate_name: "cargo-deny", version: "0.20.2", program: "cargo-deny", lock: Lock::Theirs };

impl Tool {
    /// The folder with the program, which is installed first when it is missing.
    ///
    /// # Errors
    /// When the installation fails, or what is installed does not run at the pinned version.
    pub fn folder(&self) -> Result<PathBuf> {
        let cache = place::cache()?;
        let installed = cache.join("tools").join(format!("{}-{}", self.crate_name, self.version));
        place::fill_once(&installed, |staging| {
            println!("Installing {} {} (once for all checkouts)", self.crate_name, self.version);
            let mut command = run::cargo(&cache);
            command.args(["install", self.crate_name, "--version", self.version, "--root"]).arg(staging);
            if self.lock == Lock::Theirs {
                command.arg("--locked");
            }
            run::must(&mut command, Duration::from_mins(40))
        })
        .with_context(|| format!("installing {}", self.crate_name))?;
        let folder = installed.join("bin");
        self.check(&folder)
            .with_context(|| format!("{} is broken: remove {}", self.crate_name, installed.display()))?;
        Ok(folder)
    }

    /// The program's full path, installed first when it is missing.
    ///
    /// # Errors
    /// As [`Tool::folder`].
    pub fn path(&self) -> Result<PathBuf> {
        Ok(self.folder()?.join(self.program))
    }

    fn check(&self, folder: &std::path::Path) -> Result<()> {
        let answer = run::capture(run::command(folder.join(self.program), folder).arg("--version"))?;
        anyhow::ensure!(answer.contains(self.version), "it says {answer:?} and not {}", self.version);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wasm_bindgen_program_has_the_version_of_the_crate() {
        let manifest = std::fs::read_to_string(place::root().unwrap().join("Cargo.toml")).unwrap();
        let pinned = format!("wasm-bindgen = \"={}\"", WASM_BINDGEN.version);
        assert!(manifest.lines().any(|line| line == pinned), "Cargo.toml should pin {pinned}");
    }
}
