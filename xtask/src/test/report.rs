//! Runs steps one after the other and keeps what each came to. A failed step never stops the next one, and nothing
//! passes by saying nothing: a test program that ran no test has failed. A step of several rounds counts in each.

use std::fmt::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::plan::holds;
use super::tally::Tally;
use crate::run::{self, Ending};

/// All steps so far.
#[derive(Debug)]
pub struct Report {
    steps: Vec<Step>,
    wanted: Wanted,
    rounds: u32,
}

/// Which steps are run.
#[derive(Debug)]
enum Wanted {
    All,
    /// Those whose names hold these words.
    Holding(String),
    /// None: their names are asked for.
    Names(Vec<String>),
}

#[derive(Debug)]
struct Step {
    name: String,
    tally: Tally,
    took: Duration,
}

impl Report {
    /// A report that runs every step so many times.
    pub fn all(rounds: u32) -> Self {
        Self { steps: Vec::new(), wanted: Wanted::All, rounds }
    }

    /// A report that leaves out every step whose name does not hold `words`.
    pub fn only(words: &str, rounds: u32) -> Self {
        Self { wanted: Wanted::Holding(words.to_owned()), ..Self::all(rounds) }
    }

    /// The names of the steps that `run` would run.
    pub fn names(run: impl FnOnce(&mut Self)) -> Vec<String> {
        let mut report = Self { wanted: Wanted::Names(Vec::new()), ..Self::all(1) };
        run(&mut report);
        if let Wanted::Names(names) = report.wanted { names } else { Vec::new() }
    }

    /// A command whose output tells how many tests it ran. All rounds are of one command: it may start programs that
    /// were copied for it, and somebody may go on building meanwhile.
    pub fn tests(&mut self, name: &str, limit: Duration, mut command: impl FnMut() -> Result<Command>) {
        let mut prepared = None;
        self.step(name, || {
            let command = match &mut prepared {
                Some(command) => command,
                None => match command() {
                    Ok(command) => prepared.insert(command),
                    Err(error) => return Tally::one_failed(format!("{error:#}")),
                },
            };
            let mut tally = Tally::default();
            match run::stream(command, limit, &mut |line| tally.read_line(line)) {
                Ok(ending) => judge(tally, ending),
                Err(error) => Tally::one_failed(format!("{error:#}")),
            }
        });
    }

    /// A command that counts as one: it succeeds or it fails.
    pub fn check(
        &mut self,
        name: &str,
        limit: Duration,
        mut command: impl FnMut() -> Result<Command>,
    ) -> bool {
        self.work(name, || run::must(&mut command()?, limit))
    }

    /// Work of our own that counts as one. Returns whether it succeeded.
    pub fn work(&mut self, name: &str, mut work: impl FnMut() -> Result<()>) -> bool {
        self.step(name, || match work() {
            Ok(()) => Tally::one_passed(),
            Err(error) => Tally::one_failed(format!("{error:#}")),
        })
    }

    /// A step that decides for itself what it came to. Returns whether nothing failed, so true for one left out.
    pub fn step(&mut self, name: &str, mut work: impl FnMut() -> Tally) -> bool {
        match &mut self.wanted {
            Wanted::All => {}
            Wanted::Holding(words) if holds(name, words) => {}
            Wanted::Holding(_) => return true,
            Wanted::Names(names) => {
                names.push(name.to_owned());
                return true;
            }
        }
        let mut fine = true;
        for round in 1..=self.rounds {
            let name = if self.rounds == 1 {
                name.to_owned()
            } else {
                format!("{name} ({round} of {})", self.rounds)
            };
            println!("\n=== {name}");
            let started = Instant::now();
            let tally = work();
            fine &= tally.failed == 0;
            println!("=== {name}: {}", tally.summary());
            self.steps.push(Step { name, tally, took: started.elapsed() });
        }
        fine
    }

    /// A step that cannot run here.
    pub fn skip(&mut self, name: &str, reason: &str) {
        self.step(name, || Tally::one_skipped(reason.to_owned()));
    }

    /// Everything together.
    pub fn total(&self) -> Tally {
        let mut total = Tally::default();
        for step in &self.steps {
            total.add(step.tally.clone());
        }
        total
    }

    /// A line a step, then what was skipped and what failed, then the one line that says it all.
    pub fn text(&self) -> String {
        let mut lines = vec![String::new()];
        for Step { name, tally, took } in &self.steps {
            lines.push(format!("{name:<34} {:>6.1} s   {}", took.as_secs_f32(), tally.summary()));
        }
        lines.extend(self.named("skipped", |tally| &tally.skips));
        lines.extend(self.named("FAILED", |tally| &tally.failures));
        lines.push(self.total().summary());
        lines.iter().fold(String::new(), |mut text, line| {
            // Writing into a string cannot fail; the result is only there for other writers.
            if writeln!(text, "{line}").is_err() {
                text.clear();
            }
            text
        })
    }

    fn named(&self, word: &str, names: fn(&Tally) -> &Vec<String>) -> Vec<String> {
        let of_step = |step: &Step| -> Vec<String> {
            names(&step.tally).iter().map(|name| format!("{word}: {}: {name}", step.name)).collect()
        };
        self.steps.iter().flat_map(of_step).collect()
    }
}

/// A program's counts are believed only as far as its ending agrees with them.
fn judge(mut tally: Tally, ending: Ending) -> Tally {
    match ending {
        Ending::Success if tally.all() == 0 => tally.add(Tally::one_failed("it ran no test".to_owned())),
        Ending::Success => {}
        Ending::Failure(_) if tally.failed > 0 => {}
        Ending::Failure(status) => {
            tally.add(Tally::one_failed(format!("no test failed, and yet the program ended with {status}")));
        }
        Ending::TimedOut(limit) => {
            tally.add(Tally::one_failed(format!("ended after its limit of {} s", limit.as_secs())));
        }
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;
    use std::path::Path;
    use std::process::ExitStatus;

    const LIMIT: Duration = Duration::from_secs(30);

    fn shell(script: &str) -> Command {
        let mut command = run::command("sh", Path::new("/"));
        command.args(["-c", script]);
        command
    }

    /// Not printed by a program here: the run around these tests would count it.
    fn said(line: &str) -> Tally {
        let mut tally = Tally::default();
        tally.read_line(line);
        tally
    }

    fn failure() -> Ending {
        Ending::Failure(ExitStatus::from_raw(101 << 8))
    }

    #[test]
    fn a_program_that_ran_no_test_has_failed() {
        let mut report = Report::all(1);
        report.tests("silent", LIMIT, || Ok(shell("true")));
        assert_eq!(report.total().summary(), "0 passed, 1 failed, 0 skipped");
    }

    #[test]
    fn a_program_that_dies_after_passing_tests_has_failed_once() {
        let tally = judge(said("test result: ok. 2 passed; 0 failed; 0 ignored"), failure());
        assert_eq!(tally.summary(), "2 passed, 1 failed, 0 skipped");
    }

    #[test]
    fn counted_failures_are_not_counted_again_for_the_exit_code() {
        let tally = judge(said("test result: FAILED. 2 passed; 3 failed; 1 ignored"), failure());
        assert_eq!(tally.summary(), "2 passed, 3 failed, 1 skipped");
    }

    #[test]
    fn a_program_over_its_limit_has_failed_whatever_it_said() {
        let tally = judge(said("test result: ok. 2 passed; 0 failed; 0 ignored"), Ending::TimedOut(LIMIT));
        assert_eq!(tally.summary(), "2 passed, 1 failed, 0 skipped");
    }

    #[test]
    fn a_step_that_was_not_asked_for_is_neither_run_nor_counted() {
        let mut report = Report::only("WebKit", 1);
        assert!(report.work("widget in Chromium", || anyhow::bail!("this ran")));
        assert!(report.work("widget in WebKitGTK", || Ok(())));
        assert_eq!(report.total().summary(), "1 passed, 0 failed, 0 skipped");
    }

    #[test]
    fn the_names_of_steps_are_told_without_running_one() {
        let names = Report::names(|report| {
            assert!(report.work("dist", || anyhow::bail!("this ran")));
            report.skip("widget", "no screen");
        });
        assert_eq!(names, ["dist", "widget"]);
    }

    #[test]
    fn every_round_of_a_step_counts_and_one_that_fails_stops_none() {
        let mut report = Report::all(3);
        let mut rounds = 0;
        let fine = report.work("wavers", || {
            rounds += 1;
            anyhow::ensure!(rounds != 2, "this time");
            Ok(())
        });
        assert!(!fine);
        let text = report.text();
        assert!(text.contains("FAILED: wavers (2 of 3): this time"), "{text}");
        assert_eq!(text.lines().last(), Some("2 passed, 1 failed, 0 skipped"));
    }

    #[test]
    fn all_rounds_of_a_test_program_are_of_one_command() {
        let (mut report, mut prepared) = (Report::all(3), 0);
        report.tests("silent", LIMIT, || {
            prepared += 1;
            Ok(shell("true"))
        });
        assert_eq!((prepared, report.total().failed), (1, 3));
    }

    #[test]
    fn a_step_after_a_failed_one_runs_and_the_last_line_sums_up() {
        let mut report = Report::all(1);
        assert!(!report.check("first", LIMIT, || Ok(shell("exit 1"))));
        assert!(report.check("second", LIMIT, || Ok(shell("true"))));
        report.skip("third", "no screen");
        let text = report.text();
        assert_eq!(text.lines().last(), Some("1 passed, 1 failed, 1 skipped"));
        assert!(text.contains("skipped: third: no screen"), "{text}");
    }
}
