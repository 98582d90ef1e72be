//! Which files the current build's engine is in: `build.json` beside them, written by `cargo xtask dist`.
//!
//! `engine.js`, `engine_bg.wasm` and `engine_deferred.wasm` stay as names for those. A folder without `build.json` has files of
//! these names.

use serde::Deserialize;

use super::file_name::FileName;

/// The file's name.
pub(super) const BUILD_FILE: &str = "build.json";

/// The names under which the glue and the two parts of the engine of the current build can always be had.
const GLUE: &str = "engine.js";
const WASM: &str = "engine_bg.wasm";
const DEFERRED: &str = "engine_deferred.wasm";

/// The engine's files.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Build {
    glue: String,
    wasm: String,
    /// Absent in a build from before the engine was split.
    deferred: Option<String>,
}

/// Why `build.json` says nothing. Nothing is guessed then: glue and engine of two builds must not meet.
#[derive(Debug, thiserror::Error)]
pub(super) enum BuildError {
    #[error("it is not {{\"glue\": \"…\", \"wasm\": \"…\"}}: {0}")]
    Shape(#[from] serde_json::Error),
    #[error("{0:?} is no name of a file that is served")]
    Name(String),
}

impl Build {
    /// Reads the text of `build.json`.
    pub(super) fn parse(text: &[u8]) -> Result<Self, BuildError> {
        let build: Self = serde_json::from_slice(text)?;
        for name in [&build.glue, &build.wasm].into_iter().chain(&build.deferred) {
            if FileName::parse(name).is_none() {
                return Err(BuildError::Name(name.clone()));
            }
        }
        Ok(build)
    }

    /// The file behind a name that stays.
    pub(super) fn file_behind(&self, alias: &str) -> Option<&str> {
        match alias {
            GLUE => Some(&self.glue),
            WASM => Some(&self.wasm),
            DEFERRED => self.deferred.as_deref(),
            _ => None,
        }
    }
}

/// Whether a name stays while the file behind it changes.
pub(super) fn is_alias(name: &str) -> bool {
    [GLUE, WASM, DEFERRED].contains(&name)
}
