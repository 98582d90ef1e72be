//! What the program takes from outside itself: the time and random bytes.
//!
//! Both are parameters, so that a test can let an hour pass at once. `main.rs` hands in the real ones, and everything
//! that lives for a limited time (`store/`) is given a [`Moment`].

use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// A point in time, in milliseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub u64);

impl Moment {
    /// The moment `later` after this one.
    #[must_use]
    pub fn after(self, later: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(later.as_millis()).unwrap_or(u64::MAX)))
    }

    /// How long it is from this moment to `other`; zero when `other` has passed.
    pub fn until(self, other: Self) -> Duration {
        Duration::from_millis(other.0.saturating_sub(self.0))
    }
}

/// Random bytes could not be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system gave no random bytes")]
pub struct NoRandomness;

type Now = dyn Fn() -> Moment + Send + Sync;
type Fill = dyn Fn(&mut [u8]) -> Result<(), NoRandomness> + Send + Sync;

/// The clock and the source of random bytes.
#[derive(Clone)]
pub struct World {
    now: Arc<Now>,
    fill: Arc<Fill>,
}

impl World {
    /// A world with a clock and a randomness of the caller's choice.
    pub fn new(
        now: impl Fn() -> Moment + Send + Sync + 'static,
        fill: impl Fn(&mut [u8]) -> Result<(), NoRandomness> + Send + Sync + 'static,
    ) -> Self {
        Self { now: Arc::new(now), fill: Arc::new(fill) }
    }

    /// The system's clock and randomness.
    pub fn real() -> Self {
        Self::new(
            || {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Moment(0).after(since)
            },
            |bytes| getrandom::fill(bytes).map_err(|_| NoRandomness),
        )
    }

    /// The time now.
    pub fn now(&self) -> Moment {
        (self.now)()
    }

    /// A new unguessable word of 256 bits, made of letters, digits, `-` and `_`.
    ///
    /// # Errors
    /// [`NoRandomness`] when the source of random bytes fails.
    pub fn token(&self) -> Result<String, NoRandomness> {
        let mut bytes = [0; 32];
        (self.fill)(&mut bytes)?;
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").finish_non_exhaustive()
    }
}
