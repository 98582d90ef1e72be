//! What the server remembers of secret keys.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::WidgetId;

use super::{Replaced, Result};
use crate::domain::secret_key::{SecretKey, SecretKeyId};
use crate::token::TokenHash;

/// Secret keys, found by the hash of their text.
#[async_trait]
pub trait SecretKeys {
    /// Stores a key that was just made.
    async fn add_secret_key(&self, key: &SecretKey) -> Result<()>;
    /// Finds one that is still valid.
    async fn find_secret_key(&self, hash: TokenHash, now: Timestamp) -> Result<Option<SecretKey>>;
    /// The key of this id, valid or not.
    async fn secret_key(&self, id: &SecretKeyId) -> Result<Option<SecretKey>>;
    /// All keys, or those of one widget, oldest first; those that ended too.
    async fn list_secret_keys(&self, widget: Option<&WidgetId>) -> Result<Vec<SecretKey>>;
    /// Writes down that a key was used.
    async fn note_secret_key_use(&self, id: &SecretKeyId, now: Timestamp) -> Result<()>;
    /// Ends a key at this moment, unless it ends before it anyway.
    async fn end_secret_key(&self, id: &SecretKeyId, ends_at: Timestamp) -> Result<Replaced>;
    /// In one step: the new key is stored, and the older one ends at this moment, unless it ends before it anyway: then
    /// nothing changes.
    async fn rotate_secret_key(
        &self,
        older: &SecretKeyId,
        ends_at: Timestamp,
        new: &SecretKey,
    ) -> Result<Replaced>;
}
