//! What can go wrong in a journey, each with the words that a reader of the report needs.
//!
//! Journeys return values instead of panicking, so that the harness can still take a picture of the
//! browser before it ends it. Next: `harness`, which prints them.

use std::fmt::Debug;

use thirtyfour::error::WebDriverError;

/// How a journey, or a step of one, ends.
pub type Outcome<T = ()> = Result<T, JourneyError>;

/// A journey's failure.
#[derive(Debug, thiserror::Error)]
pub enum JourneyError {
    /// The browser's driver refused a command or went away.
    #[error("the browser's driver: {0}")]
    Driver(#[from] WebDriverError),
    /// Something did not come within its time.
    #[error("waited {seconds} s for {what}; last seen: {last}")]
    Waited {
        /// What was waited for.
        what: String,
        /// How long, in seconds.
        seconds: u64,
        /// What stood there instead when the time was over.
        last: String,
    },
    /// Something is there, but it is not what it should be.
    #[error("{what}: expected {expected}, found {found}")]
    Unexpected {
        /// What was looked at.
        what: String,
        /// What it should have been.
        expected: String,
        /// What was found instead.
        found: String,
    },
    /// A program that the journey needs did not start.
    #[error("{program} did not start: {reason}")]
    Program {
        /// Which one, as the report names it.
        program: String,
        /// Why, as far as it can be told.
        reason: String,
    },
    /// A file or process operation failed.
    #[error("{what}: {source}")]
    Io {
        /// What was being done.
        what: String,
        /// The operating system's answer.
        source: std::io::Error,
    },
    /// A request that the journey itself made (to a driver, or to a control address) failed.
    #[error("a request of the journey's own: {0}")]
    Request(#[from] reqwest::Error),
    /// The journey took longer than it may.
    #[error("the journey was not over after {0} s")]
    TooLong(u64),
}

impl JourneyError {
    /// An operating system error, with what was being done when it came.
    pub fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}

/// Compares two values.
///
/// # Errors
/// [`JourneyError::Unexpected`] when they differ.
#[expect(clippy::needless_pass_by_value, reason = "journeys compare values that they have just read")]
pub fn same<T: PartialEq<U> + Debug, U: Debug>(what: &str, found: T, expected: U) -> Outcome {
    if found == expected {
        return Ok(());
    }
    Err(JourneyError::Unexpected {
        what: what.to_owned(),
        expected: format!("{expected:?}"),
        found: format!("{found:?}"),
    })
}

/// Checks a condition and, when it does not hold, says what was expected and what is there.
///
/// # Errors
/// [`JourneyError::Unexpected`] when `holds` is false.
pub fn holds(holds: bool, what: &str, expected: &str, found: impl Debug) -> Outcome {
    if holds {
        return Ok(());
    }
    Err(JourneyError::Unexpected {
        what: what.to_owned(),
        expected: expected.to_owned(),
        found: format!("{found:?}"),
    })
}
