//! `cargo xtask profile`: which functions the engine's first screen needs, found in a browser and written to
//! `npm/first-screen.txt`, by which `dist.rs` has the engine split (docs/adr/0010-the-engine-in-two-parts.md). The finding is
//! done by `npm/profile-engine.mjs`.

use std::time::Duration;

use anyhow::{Context, Result};

use crate::{dist, npm, place, run, system};

const LIMIT: Duration = Duration::from_mins(5);

/// Builds the engine and writes the profile.
///
/// # Errors
/// When it cannot be built, there is no Chromium, or a first screen is not drawn.
pub fn write() -> Result<()> {
    let root = place::root()?;
    system::install_packages(&root)?;
    dist::build()?;
    let chromium = place::on_path("chromium").context("chromium is missing")?;
    let mut command = run::command("node", &root);
    command.arg("npm/profile-engine.mjs").arg("--wasm").arg(dist::name_functions()?);
    command.arg("--glue").arg(place::target()?.join("engine").join(dist::GLUE));
    command.arg("--binaryen").arg(npm::modules()?.join(".bin")).arg("--modules").arg(npm::modules()?);
    command.arg("--chromium").arg(chromium).arg("--out").arg(root.join(dist::FIRST_SCREEN));
    run::must(&mut command, LIMIT)
}
