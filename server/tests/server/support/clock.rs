//! A clock that stands still until the test sets it.

use std::sync::Mutex;

use connect_server::clock::Clock;
use jiff::{SignedDuration, Timestamp};

pub struct SetClock(Mutex<Timestamp>);

impl Default for SetClock {
    fn default() -> Self {
        Self(Mutex::new("2026-03-01T09:30:00Z".parse().unwrap()))
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

impl SetClock {
    /// Lets so many seconds pass.
    pub fn pass(&self, seconds: i64) {
        let mut now = self.0.lock().unwrap();
        *now += SignedDuration::from_secs(seconds);
    }
}
