//! What the words of `--only` name: steps, or else journeys. Which journeys there are their own program says
//! (`e2e/src/harness.rs`), and also which of them the words pick, so that there is one rule.

use std::path::Path;

use anyhow::{Result, bail};

use super::plan::holds;
use super::steps;
use crate::run;

/// What the words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// Steps of the run.
    Steps,
    /// Journeys, in whatever engines they exist.
    Journeys,
}

/// Finds what the words name among the steps, and only then among the journeys, which have to be compiled for it.
///
/// # Errors
/// When they name nothing, with everything that there is; when the journeys do not compile.
pub fn named(root: &Path, steps: &[String], words: &str) -> Result<Named> {
    if steps.iter().any(|step| holds(step, words)) {
        return Ok(Named::Steps);
    }
    run::must(&mut steps::journeys_program(root, &["--no-run"]), steps::COMPILE_AND_RUN)?;
    let listed = |further: &[&str]| run::capture(&mut steps::journeys_program(root, further));
    if names(&listed(&["--", "--list", words])?).is_empty() {
        let journeys = listed(&["--", "--list"])?;
        bail!("no step and no journey holds the words {words:?}. {}", there_is(steps, &names(&journeys)));
    }
    Ok(Named::Journeys)
}

/// The names in the list that the journeys' program prints, each with its engine before it.
fn names(list: &str) -> Vec<&str> {
    list.lines().filter_map(|line| line.strip_suffix(": test")).collect()
}

/// Everything that can be picked, a journey once with all its engines.
fn there_is(steps: &[String], journeys: &[&str]) -> String {
    let mut by_name: Vec<(&str, Vec<&str>)> = Vec::new();
    for (engine, name) in journeys.iter().filter_map(|journey| journey.split_once(": ")) {
        match by_name.iter_mut().find(|known| known.0 == name) {
            Some((_, engines)) => engines.push(engine),
            None => by_name.push((name, vec![engine])),
        }
    }
    let steps = steps.iter().map(|step| format!("  {step}"));
    let journeys = by_name.iter().map(|(name, engines)| format!("  {name} ({})", engines.join(", ")));
    let lines = std::iter::once("There are the steps".to_owned())
        .chain(steps)
        .chain(["and the journeys".to_owned()])
        .chain(journeys);
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_a_step_names_steps_and_compiles_nothing() {
        let steps = ["format".to_owned(), "journeys".to_owned()];
        assert_eq!(named(Path::new("/nowhere"), &steps, "Journeys").unwrap(), Named::Steps);
    }

    #[test]
    fn the_journeys_are_read_from_their_list() {
        let list = "chromium: one: two: test\nwebkit: one: two: test\n\n2 tests, 0 benchmarks\n";
        assert_eq!(names(list), ["chromium: one: two", "webkit: one: two"]);
        assert_eq!(names("\n0 tests, 0 benchmarks\n"), [""; 0]);
    }

    #[test]
    fn a_journey_is_told_once_with_all_its_engines() {
        let text =
            there_is(&["format".to_owned()], &["chromium: one: two", "chromium: three", "webkit: one: two"]);
        let due = "There are the steps\n  format\nand the journeys\n  one: two (chromium, webkit)\n  three (chromium)";
        assert_eq!(text, due);
    }
}
