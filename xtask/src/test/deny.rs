//! Licences, sources, bans and advisories of all dependencies, by cargo-deny and `deny.toml`.
//! Advisories need a database from the network; where it cannot be reached they are skipped, and said to be.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use super::report::Report;
use super::tally::Tally;
use crate::run::{self, Ending};
use crate::tools;

const LIMIT: Duration = Duration::from_mins(5);

/// Adds one step for each of the four.
pub fn run(report: &mut Report, root: &Path) {
    for what in ["bans", "licenses", "sources"] {
        report.check(&format!("dependencies: {what}"), LIMIT, || command(root, what));
    }
    report.step("dependencies: advisories", || {
        let mut said = String::new();
        let ending = command(root, "advisories").and_then(|mut command| {
            run::stream(&mut command, LIMIT, &mut |line| {
                said.push_str(line);
                said.push('\n');
            })
        });
        match ending {
            Ok(ending) => judge(ending, &said),
            Err(error) => Tally::one_failed(format!("{error:#}")),
        }
    });
}

fn command(root: &Path, what: &str) -> Result<std::process::Command> {
    let mut command = run::command(tools::CARGO_DENY.path()?, root);
    // Without it cargo-deny looks at what the widget needs and at nothing else.
    command.args(["--color", "never", "--workspace", "check", "--hide-inclusion-graph", what]);
    Ok(command)
}

fn judge(ending: Ending, said: &str) -> Tally {
    let is_out_of_reach =
        said.contains("failed to fetch advisory database") || said.contains("failed to clone");
    match ending.problem() {
        None => Tally::one_passed(),
        Some(_) if is_out_of_reach || matches!(ending, Ending::TimedOut(_)) => {
            Tally::one_skipped("the advisory database cannot be reached from here".to_owned())
        }
        Some(problem) => Tally::one_failed(format!("cargo-deny: {problem}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;
    use std::process::ExitStatus;

    #[test]
    fn only_a_database_out_of_reach_is_skipped() {
        let failure = Ending::Failure(ExitStatus::from_raw(256));
        assert_eq!(judge(failure, "[ERROR] failed to fetch advisory database at …").skipped, 1);
        assert_eq!(judge(failure, "error[vulnerability]: a crate has a hole").failed, 1);
        assert_eq!(judge(Ending::Success, "advisories ok").passed, 1);
    }
}
