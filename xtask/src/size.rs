//! `cargo xtask size`: what a browser downloads before the picker can be shown, against the limit we promise.
//! It weighs what `dist.rs` built; numbers of any other build would not be the ones people get. With `--by-crate`
//! and `--by-screen` it also says whose the engine's code is: `functions.rs` reads it, `owner.rs` tells by a function's name.

mod functions;
mod owner;

pub use self::functions::{print_by_crate, print_by_screen};

use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::compress::{Sizes, sizes};
use crate::dist::{MODULE, SCRIPT};
use crate::dist_files;

/// The most that either way in may weigh up to the first screen, in bytes of brotli.
const BYTE_LIMIT: u64 = 72_000;

/// The most that each of its files may weigh: room in one hides no growth of another.
const LOADER_LIMIT: u64 = 7_700;
const GLUE_LIMIT: u64 = 3_900;
const ENGINE_LIMIT: u64 = 61_000;

/// The most that may follow the first screen by itself.
const DEFERRED_LIMIT: u64 = 48_000;

/// Prints the tables and holds them against the limits.
///
/// # Errors
/// When a file is missing; when a way in or one of its files is too heavy, with all that are.
pub fn weigh(dist: &Path) -> Result<()> {
    let engine = dist_files::read(dist)?;
    let [script, module] = [SCRIPT, MODULE].map(|file| sizes(&dist.join(file)));
    let (script, module) = (script?, module?);
    let (glue, wasm) = (sizes(&dist.join(&engine.glue))?, sizes(&dist.join(&engine.wasm))?);
    let of_engine = [(engine.glue.as_str(), glue), (engine.wasm.as_str(), wasm)];
    let script_total = print_table("by script tag", &[(SCRIPT, script), of_engine[0], of_engine[1]]);
    let module_total = print_table("by module", &[(MODULE, module), of_engine[0], of_engine[1]]);
    let deferred_name = engine.deferred.as_deref().context("build.json names no deferred module")?;
    let deferred = sizes(&dist.join(deferred_name))?;
    print_table("after the first screen", &[(deferred_name, deferred)]);
    let problems = over(&[
        (SCRIPT, script, LOADER_LIMIT),
        (MODULE, module, LOADER_LIMIT),
        (&engine.glue, glue, GLUE_LIMIT),
        (&engine.wasm, wasm, ENGINE_LIMIT),
        (deferred_name, deferred, DEFERRED_LIMIT),
        ("the way in by script tag", script_total, BYTE_LIMIT),
        ("the way in by module", module_total, BYTE_LIMIT),
    ]);
    ensure!(problems.is_empty(), "{}", problems.join("\n"));
    println!(
        "Both are within {BYTE_LIMIT} bytes brotli, and their files within {LOADER_LIMIT} (loader), {GLUE_LIMIT} (glue) and \
         {ENGINE_LIMIT} (engine); what follows is within {DEFERRED_LIMIT}."
    );
    Ok(())
}

/// What weighs more than it may, each in a sentence.
fn over(weighed: &[(&str, Sizes, u64)]) -> Vec<String> {
    let heavy = weighed.iter().filter(|(_, sizes, limit)| sizes.brotli > *limit);
    heavy
        .map(|(what, sizes, limit)| {
            format!("{what} weighs {} bytes brotli; the limit is {limit}", sizes.brotli)
        })
        .collect()
}

fn print_table(way: &str, files: &[(&str, Sizes)]) -> Sizes {
    println!("{way:<34} {:>10} {:>10} {:>10}", "raw", "gzip", "brotli");
    let mut total = Sizes::default();
    for (file, of_file) in files {
        print_row(file, *of_file);
        total = total + *of_file;
    }
    print_row("total", total);
    println!();
    total
}

fn print_row(name: &str, sizes: Sizes) {
    println!("  {name:<32} {:>10} {:>10} {:>10}", sizes.raw, sizes.gzip, sizes.brotli);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(brotli: u64) -> Sizes {
        Sizes { brotli, ..Sizes::default() }
    }

    #[test]
    fn one_byte_over_a_limit_is_over_and_each_is_named() {
        let within = [("the module", of(100), 100), ("the glue", of(0), 1)];
        assert_eq!(over(&within), Vec::<String>::new());
        let above = [("the module", of(101), 100), ("the engine", of(50), 90), ("the glue", of(2), 1)];
        assert_eq!(
            over(&above),
            [
                "the module weighs 101 bytes brotli; the limit is 100",
                "the glue weighs 2 bytes brotli; the limit is 1"
            ]
        );
    }

    /// Files as `dist` has them, each of five bytes but for the engine.
    fn put_files(dist: &Path, engine: u64) {
        std::fs::create_dir_all(dist).unwrap();
        let (glue, wasm) = ("engine-aaaaaaaa.js", "engine_bg-aaaaaaaa.wasm");
        let deferred = "engine_deferred-aaaaaaaa.wasm";
        for (file, bytes) in [(SCRIPT, 5), (MODULE, 5), (glue, 5), (wasm, engine), (deferred, 5)] {
            for ending in ["", ".br", ".gz"] {
                let path = dist.join(format!("{file}{ending}"));
                std::fs::File::create(path).unwrap().set_len(bytes).unwrap();
            }
        }
        let build = format!(r#"{{"glue":"{glue}","wasm":"{wasm}","deferred":"{deferred}"}}"#);
        std::fs::write(dist.join("build.json"), build).unwrap();
    }

    /// The sum alone used to be held against a limit.
    #[test]
    fn an_engine_over_its_own_limit_is_refused_though_the_sum_has_room() {
        let dist = std::env::temp_dir().join(format!("railz-connect-size-{}", std::process::id()));
        put_files(&dist, ENGINE_LIMIT);
        weigh(&dist).unwrap();
        put_files(&dist, ENGINE_LIMIT + 1);
        let problem = weigh(&dist).unwrap_err().to_string();
        std::fs::remove_dir_all(dist).unwrap();
        let over = ENGINE_LIMIT + 1;
        let due = format!("engine_bg-aaaaaaaa.wasm weighs {over} bytes brotli; the limit is {ENGINE_LIMIT}");
        assert_eq!(problem, due);
    }
}
