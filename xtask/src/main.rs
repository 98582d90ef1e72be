//! `cargo xtask <chore>`: every chore of the project as a command. This file reads the command line and hands over;
//! each chore has a file of its own. Tools are pinned and installed on first use (`tools.rs`, `npm.rs`).

use std::process::ExitCode;

use anyhow::{Result, bail};
use pico_args::Arguments;

mod background_program;
mod bench;
mod browsers;
mod children;
mod compress;
mod demo;
mod dist;
mod dist_files;
mod npm;
mod packages;
mod place;
mod profile;
mod programs;
mod python;
mod run;
mod shots;
mod size;
mod system;
mod test;
mod tools;

const HELP: &str = "\
cargo xtask demo [--port 8080]  builds everything and starts it: host page, server, practice provider
cargo xtask test                runs all tests but the longest
cargo xtask test --quick        runs Rust's tests, format and lints: no browser, no network
cargo xtask test --long         runs all tests, the longest too: schemathesis against the server's API
cargo xtask test --only WORDS   runs the steps whose names hold these words, such as journeys or WebKitGTK;
                                where there is none, the journeys: 'a dialog closes', 'firefox: a dialog closes'
cargo xtask test … --repeat N   runs what was picked N times, 100 at most
cargo xtask check               format, lints, licences
cargo xtask dist                builds what a browser loads into dist/ and npm/dist/
cargo xtask profile             finds what the engine's first screen needs, and writes npm/first-screen.txt; due when the
                                journey 'an ordinary first screen is drawn before' fails
cargo xtask shots               takes a picture of every screen, light and dark, narrow and wide, into target/shots
cargo xtask size                weighs what dist built against the limit
cargo xtask size --by-crate     says also by crate where the engine's bytes are
cargo xtask size --by-screen    says also how heavy each screen is, which takes a build of its own
cargo xtask bench [--rounds 7]  measures the widget beside npm's 2.23.0 and writes docs/benchmarks.md;
                                --as-built takes dist/ as it is; fewer than 7 rounds are printed only
cargo xtask tools               installs every pinned tool now instead of on first use
";

fn main() -> ExitCode {
    match chore() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn chore() -> Result<ExitCode> {
    let mut arguments = Arguments::from_env();
    if arguments.contains(["-h", "--help"]) {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    let name = arguments.subcommand()?;
    // A demo is always ended by Ctrl-C: that is no failure.
    children::end_all_on_interrupt(if name.as_deref() == Some("demo") { 0 } else { 130 })?;
    match name.as_deref() {
        Some("demo") => {
            let first = arguments.opt_value_from_str("--port")?.unwrap_or(8080);
            no_more(arguments)?;
            demo::run(demo::Ports::from_first(first)?)?;
        }
        Some("test") => {
            let plan = test::Plan::read(&mut arguments)?;
            no_more(arguments)?;
            return test::run(&plan);
        }
        Some("check") => {
            no_more(arguments)?;
            return test::run_checks();
        }
        Some("dist") => {
            no_more(arguments)?;
            dist::build()?;
        }
        Some("profile") => {
            no_more(arguments)?;
            profile::write()?;
        }
        Some("shots") => {
            no_more(arguments)?;
            shots::take()?;
        }
        Some("size") => {
            let (by_crate, by_screen) = (arguments.contains("--by-crate"), arguments.contains("--by-screen"));
            no_more(arguments)?;
            size::weigh(&place::root()?.join("dist"))?;
            if by_crate {
                size::print_by_crate()?;
            }
            if by_screen {
                size::print_by_screen()?;
            }
        }
        Some("bench") => {
            let plan = bench::Plan::read(&mut arguments)?;
            no_more(arguments)?;
            bench::run(plan)?;
        }
        Some("tools") => {
            no_more(arguments)?;
            install_tools()?;
        }
        None | Some("help") => print!("{HELP}"),
        Some(other) => bail!("there is no chore `{other}`. There are:\n{HELP}"),
    }
    Ok(ExitCode::SUCCESS)
}

fn no_more(arguments: Arguments) -> Result<()> {
    let rest = arguments.finish();
    if rest.is_empty() { Ok(()) } else { bail!("not understood: {rest:?}. There are:\n{HELP}") }
}

fn install_tools() -> Result<()> {
    let root = place::root()?;
    system::check(&root)?;
    system::install_packages(&root)?;
    for tool in [tools::WASM_BINDGEN, tools::WASM_PACK, tools::GECKODRIVER, tools::TRUNK, tools::CARGO_DENY] {
        println!("{}", tool.path()?.display());
    }
    println!("{}", npm::modules()?.display());
    println!("{}", npm::example_modules()?.display());
    println!("{}", browsers::helpers()?.display());
    Ok(())
}
