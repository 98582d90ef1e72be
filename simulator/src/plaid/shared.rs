//! What the handlers of the practice Plaid share: the clock and the memory.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::state::State;
use crate::clock::Clock;

/// A practice Plaid. Clones share one memory.
#[derive(Clone)]
pub(super) struct Plaid {
    pub(super) clock: Clock,
    state: Arc<Mutex<State>>,
}

impl Plaid {
    /// One that remembers nothing yet.
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, state: Arc::default() }
    }

    /// The memory. A handler that panicked leaves it whole, since no change spans two statements that can fail.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
