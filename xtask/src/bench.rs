//! `cargo xtask bench`: our widget beside npm's 2.23.0, measured in one run, into `docs/benchmarks.md` where there were
//! rounds enough.
//! The server is built as an operator runs it, optimised; the measuring is done by e2e's program `bench`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use pico_args::Arguments;

use crate::{compress, dist, npm, place, run, system};

/// The file name under which the package that we replace stands beside ours.
const OLD_PACKAGE: &str = "railz-connect-2.23.0.js";
/// Where the report goes.
const REPORT: &str = "docs/benchmarks.md";
/// Fewer rounds say too little of how far the values lie apart, and are not written down.
const ROUNDS: u32 = 7;
const LIMIT: Duration = Duration::from_hours(1);

/// What is measured, and how many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    rounds: u32,
    widget: Widget,
}

/// Which build of the widget is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Widget {
    /// A new one.
    Built,
    /// What stands in `dist/`.
    AsItIs,
}

impl Plan {
    /// Takes `--rounds N` and `--as-built` out of the arguments.
    ///
    /// # Errors
    /// When the number is missing or not from 1 to 99.
    pub fn read(arguments: &mut Arguments) -> Result<Self> {
        let widget = if arguments.contains("--as-built") { Widget::AsItIs } else { Widget::Built };
        let rounds = arguments.opt_value_from_str("--rounds")?.unwrap_or(ROUNDS);
        ensure!((1..100).contains(&rounds), "--rounds takes a number from 1 to 99");
        Ok(Self { rounds, widget })
    }

    fn has_rounds_enough(self) -> bool {
        self.rounds >= ROUNDS
    }
}

/// Builds what is measured, measures it, prints the report and writes it, or says why not.
///
/// # Errors
/// When something cannot be built or does not run, or there is no Chromium.
pub fn run(plan: Plan) -> Result<()> {
    let root = place::root()?;
    system::install_packages(&root)?;
    let (dist, about) = match plan.widget {
        Widget::Built => (dist::build()?, commit(&root)),
        Widget::AsItIs => (root.join("dist"), format!("{}; the widget as it stood in dist/", commit(&root))),
    };
    let built = build_programs(&root)?;
    let mut measure = run::cargo(&root);
    measure.args(["run", "--quiet", "--package", "e2e", "--bin", "bench", "--"]);
    measure.args(["--rounds", &plan.rounds.to_string(), "--commit", &about]);
    if plan.has_rounds_enough() {
        measure.arg("--out").arg(root.join(REPORT));
    }
    measure.env("RAILZ_DIST", dist).env("RAILZ_OLD_PACKAGE", old_package()?);
    measure.env("RAILZ_CONNECT_SERVER", built.join("connect-server"));
    measure.env("RAILZ_SIMULATOR", built.join("simulator"));
    run::must(&mut measure, LIMIT)?;
    if !plan.has_rounds_enough() {
        println!(
            "Not written into {REPORT}: {} rounds say too little of how far the values lie apart, {ROUNDS} or more are due.",
            plan.rounds
        );
    }
    Ok(())
}

fn build_programs(root: &Path) -> Result<PathBuf> {
    let mut build = run::cargo(root);
    build.args(["build", "--release", "--package", "connect-server", "--package", "simulator"]);
    run::must(&mut build, LIMIT)?;
    Ok(place::target()?.join("release"))
}

/// A folder with npm's 2.23.0 as one file for a script tag, compressed as `dist` compresses ours; made once.
///
/// # Errors
/// When npm fails or the package's file is not there.
pub fn old_package() -> Result<PathBuf> {
    let built = npm::modules()?.join("@railzai/railz-connect/dist/railz-connect.js");
    let folder = place::target()?.join("old-package-2.23.0");
    place::fill_once(&folder, |staging| {
        let file = staging.join(OLD_PACKAGE);
        fs::copy(&built, &file).with_context(|| format!("copying {}", built.display()))?;
        compress::write_siblings(&file).map(drop)
    })?;
    Ok(folder)
}

/// What the report says it is about. Documents change nothing that is measured.
fn commit(root: &Path) -> String {
    let ask = |arguments: &[&str]| run::capture(run::command("git", root).args(arguments));
    let change = ask(&["status", "--porcelain", "--", ".", ":!*.md"]);
    match (ask(&["rev-parse", "--short", "HEAD"]), change) {
        (Ok(commit), Ok(change)) if change.is_empty() => commit.trim().to_owned(),
        (Ok(commit), _) => format!("{}, changed", commit.trim()),
        (Err(_), _) => "unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Plan> {
        Plan::read(&mut Arguments::from_vec(words.iter().map(Into::into).collect()))
    }

    #[test]
    fn seven_rounds_of_a_new_build_are_measured_unless_something_else_is_asked_for() {
        assert_eq!(read(&[]).unwrap(), Plan { rounds: 7, widget: Widget::Built });
        assert_eq!(
            read(&["--rounds", "3", "--as-built"]).unwrap(),
            Plan { rounds: 3, widget: Widget::AsItIs }
        );
        for wrong in ["0", "100", "many"] {
            assert!(read(&["--rounds", wrong]).is_err(), "{wrong}");
        }
    }

    /// A try with fewer used to replace the report.
    #[test]
    fn the_report_is_written_from_seven_rounds_on() {
        for (rounds, enough) in [("1", false), ("6", false), ("7", true), ("99", true)] {
            assert_eq!(read(&["--rounds", rounds]).unwrap().has_rounds_enough(), enough, "{rounds}");
        }
    }

    #[test]
    fn the_package_that_is_measured_is_the_pinned_one() {
        let package = fs::read_to_string(place::root().unwrap().join("xtask/npm/package.json")).unwrap();
        assert!(package.contains("\"@railzai/railz-connect\": \"2.23.0\""));
        assert!(OLD_PACKAGE.contains("2.23.0"));
    }
}
