//! Runs steps one after the other and keeps what each came to. A failed step never stops the next one, and nothing
//! passes by saying nothing: a test program that ran no test has failed.

use std::fmt::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::tally::Tally;
use crate::run::{self, Ending};

/// All steps so far.
#[derive(Debug, Default)]
pub struct Report {
    steps: Vec<Step>,
    only: Option<String>,
}

#[derive(Debug)]
struct Step {
    name: String,
    tally: Tally,
    took: Duration,
}

impl Report {
    /// A report that leaves out every step whose name does not hold `words`.
    pub fn only(words: &str) -> Self {
        Self { steps: Vec::new(), only: Some(words.to_lowercase()) }
    }

    /// A command whose output tells how many tests it ran.
    pub fn tests(&mut self, name: &str, limit: Duration, command: impl FnOnce() -> Result<Command>) {
        self.step(name, || {
            let mut tally = Tally::default();
            match command()
                .and_then(|mut command| run::stream(&mut command, limit, &mut |line| tally.read_line(line)))
            {
                Ok(ending) => judge(tally, ending),
                Err(error) => Tally::one_failed(format!("{error:#}")),
            }
        });
    }

    /// A command that counts as one: it succeeds or it fails.
    pub fn check(&mut self, name: &str, limit: Duration, command: impl FnOnce() -> Result<Command>) -> bool {
        self.work(name, || run::must(&mut command()?, limit))
    }

    /// Work of our own that counts as one. Returns whether it succeeded.
    pub fn work(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> bool {
        self.step(name, || match work() {
            Ok(()) => Tally::one_passed(),
            Err(error) => Tally::one_failed(format!("{error:#}")),
        })
    }

    /// A step that decides for itself what it came to. Returns whether nothing failed, so true for one left out.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Tally) -> bool {
        if self.only.as_ref().is_some_and(|words| !name.to_lowercase().contains(words)) {
            return true;
        }
        println!("\n=== {name}");
        let started = Instant::now();
        let tally = work();
        let fine = tally.failed == 0;
        println!("=== {name}: {}", tally.summary());
        self.steps.push(Step { name: name.to_owned(), tally, took: started.elapsed() });
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
        let mut report = Report::default();
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
        let mut report = Report::only("WebKit");
        assert!(report.work("widget in Chromium", || anyhow::bail!("this ran")));
        assert!(report.work("widget in WebKitGTK", || Ok(())));
        assert_eq!(report.total().summary(), "1 passed, 0 failed, 0 skipped");
    }

    #[test]
    fn a_step_after_a_failed_one_runs_and_the_last_line_sums_up() {
        let mut report = Report::default();
        assert!(!report.check("first", LIMIT, || Ok(shell("exit 1"))));
        assert!(report.check("second", LIMIT, || Ok(shell("true"))));
        report.skip("third", "no screen");
        let text = report.text();
        assert_eq!(text.lines().last(), Some("1 passed, 1 failed, 1 skipped"));
        assert!(text.contains("skipped: third: no screen"), "{text}");
    }
}
