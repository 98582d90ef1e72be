//! `cargo xtask shots`: a picture of every screen that the flow crate names, into `target/shots`. The widget is built with
//! its feature `gallery`, which draws the samples of `crates/gallery`; the driving is done by e2e's program `shots`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::{place, run, system, tools};

const LIMIT: Duration = Duration::from_mins(30);

/// Builds the gallery and takes the pictures.
///
/// # Errors
/// When something cannot be built, a screen has no sample, or something on a screen does not fit.
pub fn take() -> Result<()> {
    let root = place::root()?;
    system::install_packages(&root)?;
    let page = page(&root)?;
    let shots = place::target()?.join("shots");
    if shots.exists() {
        fs::remove_dir_all(&shots).context("clearing the pictures of the last time")?;
    }
    let mut take = run::cargo(&root);
    take.args(["run", "--quiet", "--package", "e2e", "--bin", "shots", "--", "--page"]).arg(&page);
    run::must(take.arg("--out").arg(&shots), LIMIT)?;
    println!("{}", shots.join("index.html").display());
    Ok(())
}

/// Builds the page that draws a sample of every screen, and returns its folder.
///
/// # Errors
/// When something cannot be built.
pub fn page(root: &Path) -> Result<PathBuf> {
    system::wasm_target(root)?;
    let target = place::target()?;
    let page = target.join("gallery");
    let mut build = run::cargo(root);
    build.args(["build", "--package", "railz-connect", "--lib", "--features", "gallery"]);
    run::must(build.args(["--target", "wasm32-unknown-unknown"]), LIMIT)?;
    fs::create_dir_all(&page).context("making the gallery's folder")?;
    let mut glue = run::command(tools::WASM_BINDGEN.path()?, root);
    glue.args(["--target", "web", "--no-typescript", "--out-name", "engine", "--out-dir"]);
    glue.arg(page.join("engine")).arg(target.join("wasm32-unknown-unknown/debug/railz_connect.wasm"));
    run::must(&mut glue, LIMIT)?;
    for file in place::files_in(&root.join("crates/gallery/page"))? {
        let name = file.file_name().context("a file has a name")?;
        fs::copy(&file, page.join(name)).with_context(|| format!("copying {}", file.display()))?;
    }
    Ok(page)
}
