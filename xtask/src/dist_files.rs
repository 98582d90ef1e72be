//! The names of what is in `dist/`: all files but the loaders carry a hash (`npm/server-files.mjs`), and
//! `build.json` says what they are called now. Those of the build before stay beside them, so that a page whose loader is
//! older finds its engine while servers are replaced one by one.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::place;

/// Says what the files with a hash are called.
const BUILD: &str = "build.json";

/// What is served compressed has these beside it.
const COMPRESSED: [&str; 2] = [".br", ".gz"];

/// How many hexadecimal digits a hash has, as in the server (`server/src/http/widget_files/file_name.rs`).
const HASH_LENGTH: usize = 16;

/// The files with a hash of one build.
#[derive(Debug, PartialEq, Eq)]
pub struct BuildFiles {
    /// The glue's name.
    pub glue: String,
    /// The engine's name.
    pub wasm: String,
    /// The name of its deferred module; a build from before the engine was split has none.
    pub deferred: Option<String>,
    /// The names of the modules that only some journeys need.
    pub modules: Vec<String>,
}

impl BuildFiles {
    fn contains(&self, name: &str) -> bool {
        [&self.glue, &self.wasm].into_iter().chain(&self.deferred).chain(&self.modules).any(|one| one == name)
    }
}

/// What the files with a hash in a folder are called.
///
/// # Errors
/// When `build.json` is missing, cannot be read or says something else.
pub fn read(folder: &Path) -> Result<BuildFiles> {
    read_if_any(folder)?
        .with_context(|| format!("{} is missing: run cargo xtask dist", folder.join(BUILD).display()))
}

/// The same; none where `build.json` is missing.
fn read_if_any(folder: &Path) -> Result<Option<BuildFiles>> {
    let path = folder.join(BUILD);
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        text => text.with_context(|| format!("reading {}", path.display()))?,
    };
    let value: serde_json::Value =
        serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?;
    let name = |key: &str| {
        value[key].as_str().map(str::to_owned).with_context(|| format!("{} names no {key}", path.display()))
    };
    // A build from before the modules had a hash names none.
    let modules =
        value.get("modules").map_or_else(|| Ok(Vec::new()), |names| serde_json::from_value(names.clone()));
    let modules = modules.with_context(|| format!("reading the modules in {}", path.display()))?;
    let deferred = value.get("deferred").map(|_| name("deferred")).transpose()?;
    Ok(Some(BuildFiles { glue: name("glue")?, wasm: name("wasm")?, deferred, modules }))
}

/// Whether a file travels to browsers, and so has compressed siblings.
pub fn is_compressed(file: &Path) -> bool {
    !file.ends_with(BUILD)
}

/// The files with a hash in `dist`, with their siblings, of the build before the one in `new`: those of the build that
/// `dist` holds; where that is the new one, made again, whatever else `dist` has kept, which is of one build by then.
///
/// # Errors
/// When the new build has no `build.json`, or the one in `dist` cannot be read.
pub fn of_build_before(dist: &Path, new: &Path) -> Result<Vec<PathBuf>> {
    let new = read(new)?;
    let Some(held) = read_if_any(dist)? else { return Ok(Vec::new()) };
    let mut files = place::files_in(dist)?;
    files.retain(|file| {
        let name = plain_name(file);
        is_hashed(&name) && !new.contains(&name) && (held == new || held.contains(&name))
    });
    Ok(files)
}

/// The name of a file, or of the one that it is the compressed sibling of.
fn plain_name(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    COMPRESSED.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name).to_owned()
}

fn is_hashed(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() == HASH_LENGTH && hash.bytes().all(|byte| b"0123456789abcdef".contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Three builds that differ, by their hashes.
    const BUILDS: [&str; 3] = ["aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "cccccccccccccccc"];

    fn build(folder: &Path, hash: &str) {
        fs::create_dir_all(folder).unwrap();
        let names = [
            format!("engine-{hash}.js"),
            format!("engine_bg-{hash}.wasm"),
            format!("engine_deferred-{hash}.wasm"),
            format!("guide-x-{hash}.mjs"),
        ];
        let [glue, wasm, deferred, module] = &names;
        let text =
            json!({ "glue": glue, "wasm": wasm, "deferred": deferred, "modules": [module] }).to_string();
        fs::write(folder.join(BUILD), text).unwrap();
        for name in names {
            fs::write(folder.join(&name), hash).unwrap();
            fs::write(folder.join(format!("{name}.br")), hash).unwrap();
        }
        fs::write(folder.join("railz-connect.js"), hash).unwrap();
    }

    fn names(files: &[PathBuf]) -> Vec<String> {
        files.iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    fn kept(hash: &str) -> Vec<String> {
        ["engine-HASH.js", "engine_bg-HASH.wasm", "engine_deferred-HASH.wasm", "guide-x-HASH.mjs"]
            .map(|name| name.replace("HASH", hash))
            .into_iter()
            .flat_map(|name| [name.clone(), format!("{name}.br")])
            .collect()
    }

    /// A folder for one test, gone when it ends.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            Self(std::env::temp_dir().join(format!("railz-connect-{name}-{}", std::process::id())))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn the_files_of_one_build_before_stay_and_none_of_an_older_one() {
        let folder = Folder::new("builds");
        let (dist, new) = (folder.0.join("dist"), folder.0.join("new"));
        build(&dist, BUILDS[0]);
        build(&dist, BUILDS[1]);
        build(&new, BUILDS[2]);
        assert_eq!(names(&of_build_before(&dist, &new).unwrap()), kept(BUILDS[1]));
        assert_eq!(of_build_before(&folder.0, &new).unwrap(), Vec::<PathBuf>::new(), "the first build");
        assert!(of_build_before(&dist, &folder.0).is_err());
    }

    /// A second build of one commit used to take away the files of the build before.
    #[test]
    fn the_same_build_again_keeps_the_files_of_the_one_before() {
        let folder = Folder::new("same-build");
        let (dist, new) = (folder.0.join("dist"), folder.0.join("new"));
        build(&dist, BUILDS[0]);
        build(&dist, BUILDS[1]);
        build(&new, BUILDS[1]);
        assert_eq!(names(&of_build_before(&dist, &new).unwrap()), kept(BUILDS[0]));
    }

    /// It used to count as a first build, which keeps nothing.
    #[test]
    fn a_build_file_that_cannot_be_read_is_told_by_name() {
        let folder = Folder::new("unreadable-build");
        let (dist, new) = (folder.0.join("dist"), folder.0.join("new"));
        build(&new, BUILDS[0]);
        build(&dist, BUILDS[1]);
        for text in [
            "{",
            r#"{"glue":"engine-bbbbbbbb.js"}"#,
            r#"{"glue":"engine-bbbbbbbb.js","wasm":"engine_bg-bbbbbbbb.wasm","modules":1}"#,
        ] {
            fs::write(dist.join(BUILD), text).unwrap();
            let error = format!("{:#}", of_build_before(&dist, &new).unwrap_err());
            assert!(error.contains("build.json"), "{error}");
        }
        fs::remove_file(dist.join(BUILD)).unwrap();
        fs::create_dir(dist.join(BUILD)).unwrap();
        let error = format!("{:#}", of_build_before(&dist, &new).unwrap_err());
        assert!(error.contains("build.json") && !error.contains("missing"), "{error}");
    }
}
