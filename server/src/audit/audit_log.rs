//! What the running server remembers of its audit: how many lines of each kind this minute had, and how far the log is.

use std::sync::Mutex;
use std::sync::atomic::AtomicI64;

use super::limits::Limits;
use crate::store::{Store, StoreError};

/// What the running server knows about its audit.
#[derive(Debug, Default)]
pub struct AuditLog {
    limits: Mutex<Limits>,
    /// The number of the newest line that was logged.
    pub(super) logged: AtomicI64,
}

impl AuditLog {
    /// A log that goes on behind what is stored already.
    ///
    /// # Errors
    /// [`StoreError`] where the database cannot say how far that is.
    pub async fn after_what_is_stored(store: &dyn Store) -> Result<Self, StoreError> {
        Ok(Self { limits: Mutex::default(), logged: AtomicI64::new(store.newest_audit_event().await?) })
    }

    pub(super) fn limits(&self) -> std::sync::MutexGuard<'_, Limits> {
        self.limits.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
