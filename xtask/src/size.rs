//! `cargo xtask size`: what a browser downloads before the picker can be shown, against the limit we promise.
//! It weighs what `dist.rs` built; numbers of any other build would not be the ones people get. With `--by-crate`
//! and `--by-screen` it also says whose the engine's code is: `functions.rs` reads it, `owner.rs` tells by a function's name.

mod functions;
mod owner;

pub use self::functions::{print_by_crate, print_by_screen};

use std::path::Path;

use anyhow::{Result, bail};

use crate::compress::{Sizes, sizes};
use crate::dist::{MODULE, SCRIPT};
use crate::dist_files;

/// The most that either way in may weigh, in bytes of brotli.
const BYTE_LIMIT: u64 = 100_000;

/// Prints the tables and holds them against the limit.
///
/// # Errors
/// When a file is missing or a way in is too heavy.
pub fn weigh(dist: &Path) -> Result<()> {
    let engine = dist_files::read(dist)?;
    let script = print_table("by script tag", dist, &[SCRIPT, &engine.glue, &engine.wasm])?;
    let module = print_table("by module", dist, &[MODULE, &engine.glue, &engine.wasm])?;
    for (way, total) in [("script tag", script), ("module", module)] {
        if let Some(problem) = over(way, total) {
            bail!(problem);
        }
    }
    println!("Both are within the limit of {BYTE_LIMIT} bytes brotli.");
    Ok(())
}

fn over(way: &str, total: Sizes) -> Option<String> {
    (total.brotli > BYTE_LIMIT).then(|| {
        format!("the way in by {way} weighs {} bytes brotli; the limit is {BYTE_LIMIT}", total.brotli)
    })
}

fn print_table(way: &str, dist: &Path, files: &[&str]) -> Result<Sizes> {
    println!("{way:<34} {:>10} {:>10} {:>10}", "raw", "gzip", "brotli");
    let mut total = Sizes::default();
    for file in files {
        let of_file = sizes(&dist.join(file))?;
        print_row(file, of_file);
        total = total + of_file;
    }
    print_row("total", total);
    println!();
    Ok(total)
}

fn print_row(name: &str, sizes: Sizes) {
    println!("  {name:<32} {:>10} {:>10} {:>10}", sizes.raw, sizes.gzip, sizes.brotli);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_byte_over_the_limit_is_over() {
        let at = Sizes { brotli: BYTE_LIMIT, ..Sizes::default() };
        assert_eq!(over("module", at), None);
        let above = Sizes { brotli: BYTE_LIMIT + 1, ..Sizes::default() };
        assert!(over("module", above).is_some());
    }
}
