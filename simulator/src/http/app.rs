//! What every handler shares: the address, the clients, the clock and the memory.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{clock::Clock, oauth::Client, services::Service, store::Store};

/// A provider with all its services. Clones share one memory.
#[derive(Debug, Clone)]
pub struct App(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    public_url: String,
    clients: Vec<Client>,
    clock: Clock,
    store: Mutex<Store>,
}

impl App {
    /// A provider that browsers reach at `public_url` (without a slash at the end).
    pub fn new(public_url: String, clients: Vec<Client>, clock: Clock) -> Self {
        Self(Arc::new(Shared { public_url, clients, clock, store: Mutex::default() }))
    }

    /// The issuer identifier of a service (RFC 8414, section 2).
    pub(super) fn issuer(&self, service: &Service) -> String {
        format!("{}/{}", self.0.public_url, service.id)
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub(super) fn clients(&self) -> &[Client] {
        &self.0.clients
    }

    /// The memory. A handler that panicked leaves it whole, since no change spans two statements that can fail.
    pub(super) fn store(&self) -> MutexGuard<'_, Store> {
        self.0.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
