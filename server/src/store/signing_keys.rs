//! What the server remembers of the keys that it signs with.

use async_trait::async_trait;

use super::Result;
use crate::access::key_set::StoredSigningKey;
use crate::access::signing_key::Thumbprint;
use crate::vault::Sealed;

/// The keys that sign what success pages receive.
#[async_trait]
pub trait SigningKeys {
    /// All keys that are published.
    async fn signing_keys(&self) -> Result<Vec<StoredSigningKey>>;
    /// Stores a key that was just made.
    async fn add_signing_key(&self, key: &StoredSigningKey) -> Result<()>;
    /// Puts what another key of the vault sealed in place of what is stored.
    async fn reseal_signing_key(&self, key: &Thumbprint, seed: &Sealed) -> Result<()>;
    /// Forgets a key; what it signed is refused from now on.
    async fn drop_signing_key(&self, key: &Thumbprint) -> Result<()>;
}
