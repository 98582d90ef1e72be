//! The `[attempts]`, `[refresh]`, `[proxy]` and `[requests]` tables: how long things may take, and how often they are looked for.
//!
//! Each of these times has its bounds and its default here; what one service has of its own stands in its file.

use std::time::Duration;

use super::reader::{ConfigError, Reader};

/// The longest that a sign-in may take by configuration, in seconds.
const LONGEST_ATTEMPT: u64 = 24 * 60 * 60;

/// The `[attempts]` table: how long a sign-in and the calls behind it may take.
#[derive(Clone, Copy, Debug)]
pub struct AttemptLimits {
    /// For how long the end of a sign-in is accepted: 60 seconds to a day, half an hour by default.
    pub lifetime_seconds: u32,
    /// How long a service may take for one answer: 1 to 120 seconds, 20 by default.
    pub exchange_timeout: Duration,
}

/// The `[requests]` table: how long clients may take to send one, and how many may be there at once.
#[derive(Clone, Copy, Debug)]
pub struct RequestLimits {
    /// How long the beginning of a request (its line and its header fields) may take, counted from the moment at which the
    /// connection is open or the answer before it sent: 1 to 3,700 seconds. 75 by default, so that proxies, most of which keep
    /// a connection without requests for 60 seconds, end it first.
    pub header_timeout: Duration,
    /// How long a body that this server reads whole may take: 1 to 600 seconds, 30 by default.
    pub body_timeout: Duration,
    /// How long an answer may wait for a client that takes nothing of it: 1 to 600 seconds, 60 by default.
    pub answer_timeout: Duration,
    /// How many connections of clients are open at once; further ones wait to be accepted. 1 to 100,000. 900 by default:
    /// most systems let a process open 1,024 files.
    pub connections: usize,
    /// How many polls are held at once; further ones are answered soon. Fewer than `connections`, so that other requests always
    /// find a place: 0 to one less, two thirds by default.
    pub held_polls: usize,
}

/// Reads the `[requests]` table. What is out of bounds becomes a problem, named by its key; its default stands in meanwhile.
pub(super) fn requests(reader: &mut Reader, problems: &mut Vec<ConfigError>) -> RequestLimits {
    let mut limits = reader.table("requests", problems).unwrap_or_else(|| Reader::empty("requests"));
    let header = limits.number("header_timeout_seconds", 1..=3700, problems).unwrap_or(75);
    let body = limits.number("body_timeout_seconds", 1..=600, problems).unwrap_or(30);
    let answer = limits.number("answer_timeout_seconds", 1..=600, problems).unwrap_or(60);
    let connections = limits.number("connections", 1..=100_000, problems).unwrap_or(900);
    let held_polls =
        limits.number("held_polls", 0..=connections - 1, problems).unwrap_or(connections * 2 / 3);
    limits.finish(problems);
    RequestLimits {
        header_timeout: Duration::from_secs(header),
        body_timeout: Duration::from_secs(body),
        answer_timeout: Duration::from_secs(answer),
        connections: usize::try_from(connections).unwrap_or(900),
        held_polls: usize::try_from(held_polls).unwrap_or(600),
    }
}

/// How long a service may be silent in a call of a back end through this server (`[proxy]`): 1 to 600 seconds, 60 by default.
pub(super) fn proxy_silence(reader: &mut Reader, problems: &mut Vec<ConfigError>) -> Duration {
    let mut proxy = reader.table("proxy", problems).unwrap_or_else(|| Reader::empty("proxy"));
    let silence = proxy.number("silence_seconds", 1..=600, problems).unwrap_or(60);
    proxy.finish(problems);
    Duration::from_secs(silence)
}

/// How often tokens that are due are looked for (`[refresh]`): every 1 to 300 seconds, 30 by default.
pub(super) fn refresh_every(reader: &mut Reader, problems: &mut Vec<ConfigError>) -> Duration {
    let mut refresh = reader.table("refresh", problems).unwrap_or_else(|| Reader::empty("refresh"));
    let every = refresh.number("every_seconds", 1..=300, problems).unwrap_or(30);
    refresh.finish(problems);
    Duration::from_secs(every)
}

/// Reads the `[attempts]` table; what is out of bounds becomes a problem, as in `[requests]`.
pub(super) fn attempts(reader: &mut Reader, problems: &mut Vec<ConfigError>) -> AttemptLimits {
    let mut limits = reader.table("attempts", problems).unwrap_or_else(|| Reader::empty("attempts"));
    let lifetime = limits.number("lifetime_seconds", 60..=LONGEST_ATTEMPT, problems).unwrap_or(1800);
    let timeout = limits.number("exchange_timeout_seconds", 1..=120, problems).unwrap_or(20);
    limits.finish(problems);
    AttemptLimits {
        lifetime_seconds: u32::try_from(lifetime).unwrap_or(1800),
        exchange_timeout: Duration::from_secs(timeout),
    }
}
