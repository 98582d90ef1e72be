//! All journeys, in all engines. `cargo test -p e2e -- webkit` or `-- 'firefox denied'` picks some by words of
//! their names.

use std::process::ExitCode;

#[path = "journeys/mod.rs"]
mod stories;

fn main() -> ExitCode {
    e2e::harness::run(&stories::all())
}
