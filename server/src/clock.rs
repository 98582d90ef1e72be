//! Time as a parameter: whatever needs the hour asks a [`Clock`], so that tests can set it.
//!
//! The system's clock is read in this file and nowhere else. See `random.rs` for randomness.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp, ToSpan, Unit, tz::TimeZone};

/// Where the server takes the time from; tests set it.
pub trait Clock: Send + Sync {
    /// The present moment, in UTC.
    fn now(&self) -> Timestamp;
}

/// The machine's own clock, which every server outside tests goes by.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The server's clock, and the one interval that tests shorten.
#[derive(Clone)]
pub struct Timing {
    /// What every lifetime is measured by.
    pub clock: Arc<dyn Clock>,
    /// How often a waiting poll reads the database, in case it was not woken.
    pub reread_interval: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self { clock: Arc::new(SystemClock), reread_interval: Duration::from_secs(10) }
    }
}

/// The moment as the contract writes it: RFC 3339 in UTC, whole seconds.
pub fn to_rfc3339(moment: Timestamp) -> String {
    moment.round(Unit::Second).unwrap_or(moment).to_string()
}

/// The same day and hour a year later, for how long an authorisation is good.
pub fn a_year_after(moment: Timestamp) -> Timestamp {
    moment.to_zoned(TimeZone::UTC).checked_add(12.months()).map_or(Timestamp::MAX, |later| later.timestamp())
}

/// `seconds` after `moment`, or the end of time.
pub fn seconds_after(moment: Timestamp, seconds: u64) -> Timestamp {
    i64::try_from(seconds)
        .ok()
        .and_then(|seconds| moment.checked_add(SignedDuration::from_secs(seconds)).ok())
        .unwrap_or(Timestamp::MAX)
}

/// `seconds` before `moment`, or the beginning of time.
pub fn seconds_before(moment: Timestamp, seconds: u64) -> Timestamp {
    i64::try_from(seconds)
        .ok()
        .and_then(|seconds| moment.checked_sub(SignedDuration::from_secs(seconds)).ok())
        .unwrap_or(Timestamp::MIN)
}
