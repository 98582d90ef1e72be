//! A wrong option, by name.

use std::fmt;

/// A wrong option. The host's promise is rejected with exactly these three fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The option's name as the host writes it.
    pub option: &'static str,
    /// What came, shortened.
    pub received: String,
    /// What would be right.
    pub expected: &'static str,
}

const LONGEST_RECEIVED: usize = 80;

impl ConfigError {
    pub(crate) fn missing(option: &'static str, expected: &'static str) -> Self {
        Self { option, received: "nothing".to_owned(), expected }
    }

    pub(crate) fn wrong(option: &'static str, received: &str, expected: &'static str) -> Self {
        let mut shown: String = received.chars().take(LONGEST_RECEIVED).collect();
        if received.chars().count() > LONGEST_RECEIVED {
            shown.push('…');
        }
        Self { option, received: shown, expected }
    }

    /// What is wrong, in a sentence for developers.
    pub fn message(&self) -> String {
        ["The option ", self.option, " is ", &self.received, ", but must be ", self.expected, "."].concat()
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message())
    }
}

impl std::error::Error for ConfigError {}
