//! Where things are: the project's folder, cargo's target folder and the cache that all checkouts share.
//! Nothing is written elsewhere. The cache holds pinned tools only (`tools.rs`, `npm.rs`, `browsers.rs`).

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::run;

/// The workspace's root, found from the manifest that cargo ran or else from the current folder upwards.
pub fn root() -> Result<PathBuf> {
    let start = match env::var_os("CARGO_MANIFEST_DIR") {
        Some(manifest) => PathBuf::from(manifest),
        None => env::current_dir()?,
    };
    let root = start.ancestors().find(|folder| folder.join("Trunk.toml").is_file());
    root.map(Path::to_path_buf).context("no project here: start xtask inside the project's folder")
}

/// Cargo's target folder, as cargo itself says it.
pub fn target() -> Result<PathBuf> {
    let mut command = run::cargo(&root()?);
    command.args(["metadata", "--no-deps", "--format-version", "1"]);
    let metadata: serde_json::Value = serde_json::from_str(&run::capture(&mut command)?)?;
    let folder = metadata["target_directory"].as_str().context("cargo metadata names no target_directory")?;
    Ok(PathBuf::from(folder))
}

/// The folder under the user's cache that every checkout shares; created when missing.
pub fn cache() -> Result<PathBuf> {
    let base = match (env::var_os("XDG_CACHE_HOME"), env::var_os("HOME")) {
        (Some(cache), _) if Path::new(&cache).is_absolute() => PathBuf::from(cache),
        (_, Some(home)) => PathBuf::from(home).join(".cache"),
        _ => bail!("neither HOME nor XDG_CACHE_HOME is set: no place to install tools"),
    };
    let folder = base.join("railz-connect");
    fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    Ok(folder)
}

/// Fills `folder` once: `fill` writes into a folder beside it, which then takes the name in one step. So a folder
/// that exists is whole, and two checkouts that start together install once.
///
/// # Errors
/// What `fill` says; nothing is left under the final name then.
pub fn fill_once(folder: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let parent = folder.parent().context("a cache folder has a parent")?;
    fs::create_dir_all(parent)?;
    let name = folder.file_name().context("a cache folder has a name")?.to_string_lossy();
    let lock = File::create(parent.join(format!(".{name}.lock")))?;
    lock.lock()?;
    if folder.exists() {
        return Ok(());
    }
    let staging = parent.join(format!(".{name}.part"));
    if staging.exists() {
        fs::remove_dir_all(&staging)?;
    }
    fs::create_dir_all(&staging)?;
    fill(&staging)?;
    fs::rename(&staging, folder).with_context(|| format!("naming {}", folder.display()))
}

/// A program's full path on `PATH`.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

/// `PATH` with `first` in front.
///
/// # Errors
/// When a folder's name holds the separator.
pub fn path_with(first: &[PathBuf]) -> Result<std::ffi::OsString> {
    let inherited = env::var_os("PATH").unwrap_or_default();
    let all = first.iter().cloned().chain(env::split_paths(&inherited));
    Ok(env::join_paths(all)?)
}
