//! What the provider remembers: requests before a person, grants with their codes and tokens, and a log.
//!
//! Everything is in memory, has a most number of entries (the oldest make room), and is gone with the program.

pub mod approval;
mod bounded;
pub mod grants;
pub mod log;
pub mod requests;
pub mod tokens;

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
