//! `cargo xtask test`: everything that has to pass, in the order in which mistakes are cheapest to find.
//! `steps.rs` has the commands, `report.rs` runs and judges them, `tally.rs` counts.

mod deny;
mod report;
mod steps;
mod tally;

use std::process::ExitCode;

use anyhow::Result;

use self::report::Report;
use crate::browsers::{self, Engine};
use crate::{dist, place, programs, size, system};

pub use self::steps::{check_format, check_lints};

/// How much is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// What needs no browser and no network.
    Quick,
    /// Everything.
    Full,
}

/// Runs the tests and prints the count as the last line.
///
/// # Errors
/// When this machine lacks something that nothing can do without, before anything has run.
pub fn run(scope: Scope) -> Result<ExitCode> {
    let root = place::root()?;
    system::check(&root)?;
    if scope == Scope::Full {
        browsers::install_missing(&root)?;
    }
    let mut report = Report::default();
    steps::native(&mut report, &root);
    steps::check_format(&mut report, &root);
    steps::check_lints(&mut report, &root);
    if scope == Scope::Full {
        full(&mut report, &root);
    }
    print!("{}", report.text());
    Ok(if report.total().failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn full(report: &mut Report, root: &std::path::Path) {
    deny::run(report, root);
    let is_built = report.work("dist", || dist::build().map(|_| ()));
    if is_built {
        report.work("size", || size::weigh(&root.join("dist")));
        steps::npm_package(report, root);
    } else {
        for name in ["size", "npm package"] {
            report.skip(name, "dist failed");
        }
    }
    steps::development_page(report, root);
    for engine in Engine::ALL {
        let missing = engine.missing();
        let name = format!("widget in {}", engine.name());
        if missing.is_empty() {
            steps::widget(report, root, &name, engine);
        } else {
            report.skip(&name, &format!("missing: sudo apt-get install {}", missing.join(" ")));
        }
    }
    let mut built = None;
    let has_programs = report.work("programs", || {
        built = Some(programs::build(root)?);
        Ok(())
    });
    match built {
        Some(programs) if is_built && has_programs => steps::journeys(report, root, &programs),
        _ => report.skip("journeys", "dist or the programs failed"),
    }
}

/// Runs the checks of `cargo xtask check`: format, lints, licences.
///
/// # Errors
/// As [`run`].
pub fn run_checks() -> Result<ExitCode> {
    let root = place::root()?;
    system::check(&root)?;
    let mut report = Report::default();
    check_format(&mut report, &root);
    check_lints(&mut report, &root);
    deny::run(&mut report, &root);
    print!("{}", report.text());
    Ok(if report.total().failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
