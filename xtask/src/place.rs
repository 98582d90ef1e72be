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

/// Puts copies of `files` into `folder`, which holds nothing else afterwards. Whoever reads the folder meanwhile sees
/// the old files or the new ones, but for the instant between two renames.
///
/// # Errors
/// When a file cannot be copied; the folder is then as it was.
pub fn put(files: &[PathBuf], folder: &Path) -> Result<()> {
    let sibling = |ending: &str| {
        let mut name = folder.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let (new, old) = (sibling(".new"), sibling(".old"));
    for leftover in [&new, &old] {
        if leftover.exists() {
            fs::remove_dir_all(leftover)?;
        }
    }
    fs::create_dir_all(&new)?;
    for file in files {
        let name = file.file_name().context("a file has a name")?;
        fs::copy(file, new.join(name)).with_context(|| format!("copying {}", file.display()))?;
    }
    if folder.exists() {
        fs::rename(folder, &old)?;
    }
    fs::rename(&new, folder).with_context(|| format!("naming {}", folder.display()))?;
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    Ok(())
}

/// The files in a folder, without its subfolders, in the order of their names.
///
/// # Errors
/// When the folder cannot be read.
pub fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.retain(|file| file.is_file());
    files.sort();
    Ok(files)
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

#[cfg(test)]
mod tests {
    use super::*;

    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let folder = env::temp_dir().join(format!("railz-connect-{name}-{}", std::process::id()));
            fs::create_dir_all(&folder).unwrap();
            Self(folder)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn a_folder_that_could_not_be_filled_is_not_there() {
        let scratch = Scratch::new("fill");
        let folder = scratch.0.join("tool-1.0");
        assert!(fill_once(&folder, |_| bail!("no network")).is_err());
        assert!(!folder.exists());
        fill_once(&folder, |staging| Ok(fs::write(staging.join("program"), "works")?)).unwrap();
        fill_once(&folder, |_| bail!("filled a second time")).unwrap();
        assert_eq!(fs::read_to_string(folder.join("program")).unwrap(), "works");
    }

    #[test]
    fn putting_files_takes_away_those_of_the_last_time() {
        let scratch = Scratch::new("put");
        let (one, two) = (scratch.0.join("one"), scratch.0.join("two"));
        fs::write(&one, "1").unwrap();
        fs::write(&two, "2").unwrap();
        let folder = scratch.0.join("folder");
        put(&[one, two.clone()], &folder).unwrap();
        put(&[two], &folder).unwrap();
        assert_eq!(files_in(&folder).unwrap(), [folder.join("two")]);
        assert!(put(&[scratch.0.join("missing")], &folder).is_err());
        assert_eq!(files_in(&folder).unwrap(), [folder.join("two")]);
    }
}
