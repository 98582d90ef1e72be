//! A timer that is cleared when it is dropped.

use std::fmt;

use gloo_timers::callback::{Interval, Timeout};

/// Fires once.
pub(crate) struct Timer(#[expect(dead_code, reason = "held for its drop")] Timeout);

impl Timer {
    pub(crate) fn new(after_ms: u32, fire: impl FnOnce() + 'static) -> Self {
        Self(Timeout::new(after_ms, fire))
    }
}

impl fmt::Debug for Timer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Timer")
    }
}

/// Fires again and again.
pub(crate) struct Ticker(#[expect(dead_code, reason = "held for its drop")] Interval);

impl Ticker {
    pub(crate) fn new(every_ms: u32, fire: impl FnMut() + 'static) -> Self {
        Self(Interval::new(every_ms, fire))
    }
}

impl fmt::Debug for Ticker {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Ticker")
    }
}
