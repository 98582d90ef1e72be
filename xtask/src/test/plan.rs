//! What `cargo xtask test` was asked for on its command line: how much is run, and how many times.

use anyhow::{Result, bail, ensure};
use pico_args::Arguments;

/// More says nothing new: what fails once in a hundred runs is read, not waited for.
const MOST_ROUNDS: u32 = 100;

/// How much is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// What needs no browser and no network.
    Quick,
    /// Everything but what takes long.
    Full,
    /// Everything.
    Long,
    /// The steps whose names hold these words; where there is none, the journeys whose names do.
    Only(String),
}

/// A run of the tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// How much of them.
    pub scope: Scope,
    /// How many times each step is run, from 1 to 100.
    pub rounds: u32,
}

impl Plan {
    /// Takes `--quick`, `--long`, `--only WORDS` and `--repeat N` out of the arguments.
    ///
    /// # Errors
    /// When a value is missing or out of its bounds, or two choices contradict each other.
    pub fn read(arguments: &mut Arguments) -> Result<Self> {
        let (quick, long) = (arguments.contains("--quick"), arguments.contains("--long"));
        let only: Option<String> = arguments.opt_value_from_str("--only")?;
        let rounds = arguments.opt_value_from_fn("--repeat", rounds)?.unwrap_or(1);
        let scope = match (quick, long, only) {
            (true, false, None) => Scope::Quick,
            (false, false, None) => Scope::Full,
            (false, true, None) => Scope::Long,
            (false, false, Some(words)) => {
                ensure!(!words.trim().is_empty(), "--only wants words of a step's or a journey's name");
                Scope::Only(words)
            }
            _ => bail!("--quick, --long and --only are different choices: take one"),
        };
        Ok(Self { scope, rounds })
    }
}

fn rounds(text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| (1..=MOST_ROUNDS).contains(number));
    number.ok_or_else(|| format!("--repeat takes a number from 1 to {MOST_ROUNDS}"))
}

/// Whether a name holds each of the words, whatever their order and case.
pub fn holds(name: &str, words: &str) -> bool {
    let name = name.to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Plan> {
        Plan::read(&mut Arguments::from_vec(words.iter().map(Into::into).collect()))
    }

    fn error(words: &[&str]) -> String {
        read(words).unwrap_err().to_string()
    }

    #[test]
    fn everything_is_run_once_unless_something_else_is_asked_for() {
        assert_eq!(read(&[]).unwrap(), Plan { scope: Scope::Full, rounds: 1 });
        assert_eq!(read(&["--long"]).unwrap(), Plan { scope: Scope::Long, rounds: 1 });
        assert_eq!(read(&["--quick"]).unwrap(), Plan { scope: Scope::Quick, rounds: 1 });
    }

    #[test]
    fn what_is_picked_can_be_run_again_and_again_in_any_order_of_the_arguments() {
        let due = Plan { scope: Scope::Only("a dialog".to_owned()), rounds: 20 };
        assert_eq!(read(&["--only", "a dialog", "--repeat", "20"]).unwrap(), due);
        assert_eq!(read(&["--repeat", "20", "--only", "a dialog"]).unwrap(), due);
        assert_eq!(read(&["--quick", "--repeat", "100"]).unwrap().rounds, 100);
    }

    #[test]
    fn a_number_of_rounds_out_of_its_bounds_is_refused_with_the_bounds() {
        for number in ["0", "101", "-1", "many", ""] {
            let error = error(&["--repeat", number]);
            assert!(error.contains("from 1 to 100"), "{number}: {error}");
        }
        assert!(!error(&["--repeat"]).is_empty());
    }

    #[test]
    fn two_choices_at_once_and_no_words_are_refused() {
        assert!(error(&["--quick", "--only", "format"]).contains("take one"));
        assert!(error(&["--quick", "--long"]).contains("take one"));
        assert!(error(&["--long", "--only", "format"]).contains("take one"));
        assert!(error(&["--only", " "]).contains("wants words"));
    }

    #[test]
    fn a_name_holds_words_in_any_order_and_case_but_all_of_them() {
        let name = "widget in WebKitGTK";
        assert!(holds(name, "webkit") && holds(name, "WebKitGTK widget"));
        assert!(!holds(name, "widget in Firefox"));
    }
}
