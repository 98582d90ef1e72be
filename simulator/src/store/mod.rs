//! What the provider remembers: requests before a person, grants with their codes and tokens, and a log.
//!
//! Everything is in memory, has a most number of entries (the oldest make room), and is gone with the program.

pub mod bounded;
pub mod grants;
pub mod log;
pub mod requests;

use std::time::Duration;

/// How long an authorisation code may be exchanged.
pub const CODE_LIFE: Duration = Duration::from_mins(1);
/// How long a person may look at the consent page.
pub const REQUEST_LIFE: Duration = Duration::from_mins(10);
/// How long "answer late" takes.
pub const LATE: Duration = Duration::from_secs(5);

/// How long an access for a moment lasts.
pub const BRIEF: Duration = Duration::from_secs(4);

/// The whole memory.
#[derive(Debug, Default)]
pub struct Store {
    /// Requests that wait for a person's answer.
    pub requests: requests::Requests,
    /// What was granted.
    pub grants: grants::Grants,
    /// What happened.
    pub log: log::Log,
}
