//! The steps of the test run as commands. Each says which time it may take at most, on a small machine and cold.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::report::Report;
use crate::browsers::{self, Engine};
use crate::{bench, npm, packages, place, programs, python, run, shots, tools};

/// The module of the server's tests that runs the examples for back ends.
const BACK_END_EXAMPLES: &str = "back_end_examples";

/// The module of the server's tests that has its API asked by schemathesis.
const SCHEMATHESIS: &str = "schemathesis";

const WASM: &str = "wasm32-unknown-unknown";
/// The time for a step that may have to compile everything first.
pub const COMPILE_AND_RUN: Duration = Duration::from_hours(1);
const SHORT: Duration = Duration::from_mins(20);

/// Tests of all packages that need no browser.
pub fn native(report: &mut Report, root: &Path) {
    report.tests("native tests", COMPILE_AND_RUN, || {
        let mut command = run::cargo(root);
        command.args(["test", "--workspace", "--exclude", "e2e", "--no-fail-fast"]);
        // They need programs beyond Rust and Node: a step of its own.
        command.args(["--", "--skip", BACK_END_EXAMPLES, "--skip", SCHEMATHESIS]);
        Ok(command)
    });
}

/// The examples for back ends, each run by its own language.
pub fn back_end_examples(report: &mut Report, root: &Path) {
    let missing = packages::missing(packages::BACK_END_EXAMPLES);
    if missing.is_empty() {
        report.tests("back-end examples", COMPILE_AND_RUN, || {
            let mut command = run::cargo(root);
            command.args(["test", "--package", "connect-server", "--test", "server", BACK_END_EXAMPLES]);
            Ok(command)
        });
    } else {
        report.skip("back-end examples", &format!("missing: sudo apt-get install {}", missing.join(" ")));
    }
}

/// The server's API against its description, by a program that makes up what to ask.
pub fn schemathesis(report: &mut Report, root: &Path) {
    let missing = packages::missing(packages::SCHEMATHESIS);
    if missing.is_empty() {
        report.tests(SCHEMATHESIS, COMPILE_AND_RUN, || {
            let mut command = run::cargo(root);
            command.args(["test", "--package", "connect-server", "--test", "server", SCHEMATHESIS]);
            command.env("RAILZ_SCHEMATHESIS", python::with_schemathesis()?);
            Ok(command)
        });
    } else {
        report.skip(SCHEMATHESIS, &format!("missing: sudo apt-get install {}", missing.join(" ")));
    }
}

/// Every file is formatted.
pub fn check_format(report: &mut Report, root: &Path) {
    report.check("format", SHORT, || {
        let mut command = run::cargo(root);
        command.args(["fmt", "--all", "--check"]);
        Ok(command)
    });
}

/// No lint has anything to say, neither natively nor for the web.
pub fn check_lints(report: &mut Report, root: &Path) {
    report.check("lints", COMPILE_AND_RUN, || {
        let mut command = run::cargo(root);
        command.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
        Ok(command)
    });
    report.check("lints of the widget", COMPILE_AND_RUN, || {
        let mut command = run::cargo(root);
        command.args(["clippy", "--package", "railz-connect", "--all-targets", "--target", WASM]);
        command.args(["--features", "gallery"]);
        command.args(["--", "-D", "warnings"]);
        Ok(command)
    });
}

/// The package's own tests: types, loader, what `npm pack` takes, and a page built by Vite from the tarball.
pub fn npm_package(report: &mut Report, root: &Path) {
    report.tests("npm package", COMPILE_AND_RUN, || {
        let (page, examples) = (vite_page()?, examples()?);
        for folder in [&page, &examples] {
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
        }
        let mut command = run::command("node", root);
        command.args(["--test", "--test-reporter=spec"]).args(node_tests(root)?);
        command.env("RAILZ_NODE_MODULES", npm::modules()?).env("RAILZ_VITE_OUT", page);
        command.env("RAILZ_EXAMPLE_MODULES", npm::example_modules()?).env("RAILZ_EXAMPLES_OUT", examples);
        command.env("RAILZ_DIST", root.join("dist"));
        Ok(command)
    });
}

/// Where the page that Vite built waits for its journey.
fn vite_page() -> Result<PathBuf> {
    Ok(place::target()?.join("vite-page"))
}

/// Where the built examples wait for theirs, a folder each.
fn examples() -> Result<PathBuf> {
    Ok(place::target()?.join("examples"))
}

fn node_tests(root: &Path) -> Result<Vec<PathBuf>> {
    let folder = root.join("npm/test");
    let mut files = place::files_in(&folder)?;
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    ensure!(!files.is_empty(), "npm/test holds no file that ends in .test.mjs");
    Ok(files)
}

/// The development page builds, in the profile in which `trunk serve` builds it.
pub fn development_page(report: &mut Report, root: &Path) {
    report.check("development page", COMPILE_AND_RUN, || {
        let mut command = run::command(tools::TRUNK.path()?, root);
        command.args(["build", "--offline"]);
        command.env("PATH", place::path_with(&[tools::WASM_BINDGEN.folder()?])?);
        Ok(command)
    });
}

/// The widget's own tests inside one engine.
pub fn widget(report: &mut Report, root: &Path, name: &str, engine: Engine) {
    report.tests(name, COMPILE_AND_RUN, || {
        let mut command = run::cargo(root);
        // Not the doc tests: they would be built and run for this machine.
        command.args(["test", "--package", "railz-connect", "--target", WASM, "--lib", "--tests"]);
        // With the samples of the gallery, so that every screen is drawn.
        command.args(["--features", "gallery"]);
        command.arg("--no-fail-fast");
        command.env("PATH", place::path_with(&[browsers::helpers()?, tools::WASM_BINDGEN.folder()?])?);
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
        command.env("WASM_BINDGEN_TEST_TIMEOUT", "900");
        choose_driver(&mut command, engine)?;
        Ok(command)
    });
}

/// The runner takes the first driver it finds a variable for, so there is only one.
fn choose_driver(command: &mut Command, engine: Engine) -> Result<()> {
    for name in ["GECKODRIVER", "SAFARIDRIVER", "CHROMEDRIVER", "MSEDGEDRIVER"] {
        command.env_remove(name).env_remove(format!("{name}_REMOTE"));
    }
    let (variable, path) = engine.driver()?;
    command.env(variable, path);
    Ok(())
}

/// Whole stories in every engine that is here, against what `dist` built and the real programs: all of them, or those
/// whose names hold these words.
pub fn journeys(report: &mut Report, root: &Path, words: Option<&str>) {
    report.tests("journeys", Duration::from_mins(75), || {
        // Copies: journeys take minutes, and somebody may go on building meanwhile.
        let folder = place::target()?.join("journeys");
        let programs = programs::build(root)?.copied_to(&folder.join("programs"))?;
        let dist =
            place::files_in(&root.join("dist")).context("`cargo xtask dist` builds what is missing")?;
        place::put(&dist, &folder.join("dist"))?;
        let mut command = match words {
            Some(words) => journeys_program(root, &["--", words]),
            None => every_test_of_e2e(root),
        };
        command.env("PATH", place::path_with(&[browsers::helpers()?])?);
        command.env("RAILZ_DIST", folder.join("dist"));
        command.env("RAILZ_CONNECT_SERVER", programs.server);
        command.env("RAILZ_SIMULATOR", programs.provider);
        command.env("RAILZ_PRACTICE_WEB_CONNECTOR", programs.connector);
        command.env("RAILZ_HOST", programs.host);
        command.env("RAILZ_NODE_MODULES", npm::modules()?);
        command.env("RAILZ_OLD_PACKAGE", bench::old_package()?);
        command.env("RAILZ_VITE_OUT", vite_page()?);
        command.env("RAILZ_EXAMPLES_OUT", examples()?);
        command.env("RAILZ_GALLERY", shots::page(root)?);
        command.env("RAILZ_GECKODRIVER", tools::GECKODRIVER.path()?);
        Ok(command)
    });
}

/// All journeys, and the tests of what they are told with.
fn every_test_of_e2e(root: &Path) -> Command {
    let mut command = run::cargo(root);
    command.args(["test", "--package", "e2e", "--no-fail-fast"]);
    command
}

/// The program that knows all journeys, with these arguments after cargo's.
pub fn journeys_program(root: &Path, further: &[&str]) -> Command {
    let mut command = run::cargo(root);
    command.args(["test", "--package", "e2e", "--test", "journeys"]).args(further);
    command
}
