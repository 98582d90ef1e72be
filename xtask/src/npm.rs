//! The npm packages that chores use (`xtask/npm`) and that the pages in `examples/` are built with (`xtask/npm-examples`),
//! at the versions of the lock files there, installed once for all checkouts in a folder named after the lock file's content. No install script of any package is run.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::{place, run};

/// The oldest Node that the packages run on (Vite says so).
const OLDEST_NODE: (u32, u32) = (20, 19);

/// The `node_modules` folder, installed first when it is missing.
///
/// # Errors
/// When Node is missing or too old, or npm fails.
pub fn modules() -> Result<PathBuf> {
    install("npm")
}

/// The same for what the examples are built with: React, Vue, Angular and their builders.
///
/// # Errors
/// As [`modules`].
pub fn example_modules() -> Result<PathBuf> {
    install("npm-examples")
}

fn install(name: &str) -> Result<PathBuf> {
    check_node()?;
    let ours = place::root()?.join("xtask").join(name);
    let lock = fs::read(ours.join("package-lock.json"))
        .with_context(|| format!("reading xtask/{name}/package-lock.json"))?;
    let folder = place::cache()?.join(format!("{name}-{:016x}", fingerprint(&lock)));
    place::fill_once(&folder, |staging| {
        println!("Installing the packages of xtask/{name} (once for all checkouts)");
        for file in ["package.json", "package-lock.json", ".npmrc"] {
            fs::copy(ours.join(file), staging.join(file))
                .with_context(|| format!("copying xtask/{name}/{file}"))?;
        }
        let mut command = run::command("npm", staging);
        command.args(["ci", "--ignore-scripts"]);
        run::must(&mut command, Duration::from_mins(10))
    })?;
    Ok(folder.join("node_modules"))
}

/// A program that an npm package brings.
///
/// # Errors
/// As [`modules`].
pub fn program(name: &str) -> Result<PathBuf> {
    Ok(modules()?.join(".bin").join(name))
}

/// Whether Node is there and new enough.
///
/// # Errors
/// Naming what is missing and what would be right.
pub fn check_node() -> Result<()> {
    let (major, minor) = OLDEST_NODE;
    let wanted = format!("Node {major}.{minor} or later with npm");
    if place::on_path("node").is_none() || place::on_path("npm").is_none() {
        bail!("{wanted} is missing: install it from your system's packages or with a version manager");
    }
    let answer = run::capture(run::command("node", &place::root()?).arg("--version"))?;
    match parse_node_version(&answer) {
        Some(version) if version >= OLDEST_NODE => Ok(()),
        _ => bail!("{wanted} is needed, and `node --version` says {}", answer.trim()),
    }
}

fn parse_node_version(answer: &str) -> Option<(u32, u32)> {
    let mut numbers = answer.trim().strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// FNV-1a with 64 bits: the folder's name only has to differ when the lock file differs.
fn fingerprint(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_version_is_read_and_compared_by_numbers() {
        assert_eq!(parse_node_version("v20.19.2\n"), Some((20, 19)));
        assert!(parse_node_version("v100.0.0").unwrap() > OLDEST_NODE);
        assert!(parse_node_version("v20.9.0").unwrap() < OLDEST_NODE);
        assert_eq!(parse_node_version("20"), None);
    }

    #[test]
    fn the_fingerprint_is_fnv_1a() {
        // Values from the authors' own test vectors.
        assert_eq!(fingerprint(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint(b"a"), 0xaf63_dc4c_8601_ec8c);
    }

    #[test]
    fn the_lock_files_name_no_registry_host() {
        for name in ["npm", "npm-examples"] {
            let lock = place::root().unwrap().join("xtask").join(name).join("package-lock.json");
            assert!(!fs::read_to_string(lock).unwrap().contains("\"resolved\""), "xtask/{name}");
        }
    }
}
