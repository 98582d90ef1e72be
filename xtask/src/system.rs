//! What a machine must have before anything is built, checked at once so that a person reads one list.
//! Browsers and the languages of the back-end examples and of schemathesis can be missing: what needs them is skipped then.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::browsers::Engine;
use crate::{npm, packages, place, run};

const WASM: &str = "wasm32-unknown-unknown";

/// Checks everything that no chore can do without, adding the wasm target when it is missing.
///
/// # Errors
/// One message that names each missing thing and what brings it.
pub fn check(root: &Path) -> Result<()> {
    let problems: Vec<String> = [npm::check_node(), wasm_target(root), rust_src(root), compiler()]
        .into_iter()
        .filter_map(|result| result.err().map(|error| format!("- {error:#}")))
        .collect();
    if problems.is_empty() {
        return Ok(());
    }
    bail!("this machine is not ready:\n{}", problems.join("\n"))
}

/// Installs what tests need of Debian where that is allowed, and names what stays missing.
///
/// # Errors
/// When apt-get fails.
pub fn install_packages(root: &Path) -> Result<()> {
    let mut missing: Vec<_> = Engine::ALL.into_iter().flat_map(Engine::missing).collect();
    missing.extend(packages::missing(packages::BACK_END_EXAMPLES));
    missing.extend(packages::missing(packages::SCHEMATHESIS));
    packages::install(root, &missing)
}

fn compiler() -> Result<()> {
    if place::on_path("cc").is_none() {
        bail!(
            "a C compiler is missing (SQLite is built with it). On Debian: sudo apt-get install gcc libc6-dev"
        );
    }
    Ok(())
}

/// Makes sure that Rust can build for the web.
///
/// # Errors
/// When the target is missing and rustup cannot add it.
pub fn wasm_target(root: &Path) -> Result<()> {
    add_to_toolchain(root, Path::new(WASM), ["target", "add", WASM])
}

/// Makes sure that the sources of the standard library are here, which `dist` compiles anew.
///
/// # Errors
/// When they are missing and rustup cannot add them.
pub fn rust_src(root: &Path) -> Result<()> {
    add_to_toolchain(root, Path::new("src/rust/library"), ["component", "add", "rust-src"])
}

/// Has rustup add what is missing in the toolchain's `lib/rustlib`.
fn add_to_toolchain(root: &Path, folder: &Path, rustup: [&str; 3]) -> Result<()> {
    let sysroot = run::capture(run::command("rustc", root).args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(folder).is_dir() {
        return Ok(());
    }
    if place::on_path("rustup").is_none() {
        bail!("Rust lacks {}, and there is no rustup to run: rustup {}", folder.display(), rustup.join(" "));
    }
    run::must(run::command("rustup", root).args(rustup), Duration::from_mins(5))
}
