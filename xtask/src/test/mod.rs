//! `cargo xtask test`: everything that has to pass, in the order in which mistakes are cheapest to find.
//! `plan.rs` reads what was asked for and `pick.rs` finds it; `steps.rs` has the commands, `report.rs` runs and judges
//! them, `tally.rs` counts.

mod deny;
mod pick;
mod plan;
mod report;
mod steps;
mod tally;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use self::pick::Named;
pub use self::plan::Plan;
use self::plan::Scope;
use self::report::Report;
use crate::browsers::Engine;
use crate::{dist, place, size, system};

/// Runs the tests and prints the count as the last line.
///
/// # Errors
/// When this machine lacks something that nothing can do without, or the words of [`Scope::Only`] name nothing; before
/// anything has run.
pub fn run(plan: &Plan) -> Result<ExitCode> {
    let root = place::root()?;
    system::check(&root)?;
    if plan.scope != Scope::Quick {
        system::install_packages(&root)?;
    }
    let mut report = Report::all(plan.rounds);
    match &plan.scope {
        Scope::Quick => quick(&mut report, &root),
        Scope::Full => full(&mut report, &root),
        Scope::Long => long(&mut report, &root),
        Scope::Only(words) => {
            let steps = Report::names(|report| long(report, &root));
            match pick::named(&root, &steps, words)? {
                Named::Steps => {
                    report = Report::only(words, plan.rounds);
                    long(&mut report, &root);
                }
                Named::Journeys => steps::journeys(&mut report, &root, Some(words)),
            }
        }
    }
    Ok(finish(&report))
}

fn quick(report: &mut Report, root: &Path) {
    steps::native(report, root);
    steps::check_format(report, root);
    steps::check_lints(report, root);
}

fn full(report: &mut Report, root: &Path) {
    quick(report, root);
    steps::back_end_examples(report, root);
    deny::run(report, root);
    let is_built = report.work("dist", || dist::build().map(|_| ()));
    if is_built {
        report.work("size", || size::weigh(&root.join("dist")));
        steps::npm_package(report, root);
    } else {
        report.skip("size", "dist failed");
        report.skip("npm package", "dist failed");
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
    if is_built {
        steps::journeys(report, root, None);
    } else {
        report.skip("journeys", "dist failed");
    }
}

/// What is run before something is handed out, and quoted with its date.
fn long(report: &mut Report, root: &Path) {
    full(report, root);
    steps::schemathesis(report, root);
}

fn finish(report: &Report) -> ExitCode {
    print!("{}", report.text());
    let total = report.total();
    if total.failed == 0 && total.all() > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs the checks of `cargo xtask check`: format, lints, licences.
///
/// # Errors
/// As [`run`].
pub fn run_checks() -> Result<ExitCode> {
    let root = place::root()?;
    system::check(&root)?;
    let mut report = Report::all(1);
    steps::check_format(&mut report, &root);
    steps::check_lints(&mut report, &root);
    deny::run(&mut report, &root);
    Ok(finish(&report))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use crate::place;

    /// Every file below a folder that can hold tests.
    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && !["target", "node_modules", "dist"].contains(&name.as_str()) {
                sources(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "mjs") {
                found.push(path);
            }
        }
    }

    /// Names in the last column of the defects' table: functions in backticks, sentences in quotes.
    fn named(page: &str) -> Vec<(String, Vec<String>)> {
        let rows = page.lines().skip_while(|line| *line != "## The defects of 2.23");
        rows.filter(|line| line.starts_with("| ") && line.as_bytes()[2].is_ascii_digit())
            .map(|row| {
                let mut columns = row.trim_matches('|').split(" | ");
                let number = columns.next().unwrap().trim().to_owned();
                let held_by = columns.last().unwrap();
                let functions = held_by.split('`').skip(1).step_by(2).map(|name| format!("fn {name}("));
                let sentences = held_by.split('"').skip(1).step_by(2).map(|name| format!("\"{name}\""));
                (number, functions.chain(sentences).collect())
            })
            .collect()
    }

    #[test]
    fn each_defect_of_2_23_has_tests_that_hold_the_right_behaviour() {
        let root = place::root().unwrap();
        let page = fs::read_to_string(root.join("docs/migrating.md")).unwrap();
        let rows = named(&page);
        assert_eq!(rows.len(), 19, "{rows:#?}");
        let mut files = Vec::new();
        for folder in ["crates", "tests", "e2e", "npm"] {
            sources(&root.join(folder), &mut files);
        }
        // The accessibility journeys put their names together from parts.
        let texts: Vec<String> = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
        for (number, tests) in rows {
            assert!(!tests.is_empty(), "defect {number} names no test");
            for test in tests {
                assert!(
                    texts.iter().any(|text| text.contains(&test)),
                    "defect {number}: there is no test {test}"
                );
            }
        }
    }
}
