//! The names of what is in `dist/`: the engine's two files carry a hash of their content (`npm/server-files.mjs`), and
//! `build.json` says what they are called now. Those of the build before stay beside them, so that a page whose loader is
//! older finds its engine while servers are replaced one by one.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Says what the engine's two files are called.
const BUILD: &str = "build.json";

/// The engine's two files of one build.
#[derive(Debug, PartialEq, Eq)]
pub struct EngineFiles {
    /// The glue's name.
    pub glue: String,
    /// The engine's name.
    pub wasm: String,
}

/// What the engine's files in a folder are called.
///
/// # Errors
/// When `build.json` is missing or says something else.
pub fn read(folder: &Path) -> Result<EngineFiles> {
    let path = folder.join(BUILD);
    let text = fs::read_to_string(&path)
        .with_context(|| format!("{} is missing: run cargo xtask dist", path.display()))?;
    let value: serde_json::Value =
        serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?;
    let name = |key: &str| {
        value[key].as_str().map(str::to_owned).with_context(|| format!("{} names no {key}", path.display()))
    };
    Ok(EngineFiles { glue: name("glue")?, wasm: name("wasm")? })
}

/// Whether a file travels to browsers, and so has compressed siblings.
pub fn is_compressed(file: &Path) -> bool {
    !file.ends_with(BUILD)
}

/// The engine's files in `dist`, with their siblings, that the build in `new` has not got: those of one build, since
/// `build.json` names no other.
///
/// # Errors
/// When the new build has no `build.json`.
pub fn of_build_before(dist: &Path, new: &Path) -> Result<Vec<PathBuf>> {
    let new = read(new)?;
    let Ok(before) = read(dist) else { return Ok(Vec::new()) };
    let names = [before.glue, before.wasm].into_iter().filter(|name| *name != new.glue && *name != new.wasm);
    let files = names.flat_map(|name| ["", ".br", ".gz"].map(|ending| dist.join(format!("{name}{ending}"))));
    Ok(files.filter(|file| file.is_file()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(folder: &Path, hash: &str) {
        fs::create_dir_all(folder).unwrap();
        let names = [format!("engine-{hash}.js"), format!("engine_bg-{hash}.wasm")];
        fs::write(folder.join(BUILD), format!(r#"{{"glue":"{}","wasm":"{}"}}"#, names[0], names[1])).unwrap();
        for name in names {
            fs::write(folder.join(&name), hash).unwrap();
            fs::write(folder.join(format!("{name}.br")), hash).unwrap();
        }
    }

    fn names(files: &[PathBuf]) -> Vec<String> {
        files.iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn the_files_of_one_build_before_stay_and_none_of_an_older_one() {
        let folder = std::env::temp_dir().join(format!("railz-connect-builds-{}", std::process::id()));
        let (dist, new) = (folder.join("dist"), folder.join("new"));
        build(&dist, "aa");
        build(&dist, "bb");
        build(&new, "cc");
        let stay = ["engine-bb.js", "engine-bb.js.br", "engine_bg-bb.wasm", "engine_bg-bb.wasm.br"];
        assert_eq!(names(&of_build_before(&dist, &new).unwrap()), stay);
        assert_eq!(of_build_before(&dist, &dist).unwrap(), Vec::<PathBuf>::new(), "the same build again");
        assert_eq!(of_build_before(&folder, &new).unwrap(), Vec::<PathBuf>::new(), "the first build");
        assert!(of_build_before(&dist, &folder).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}
