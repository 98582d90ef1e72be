//! Makes, opens and drops the keys that sign. All servers on one database use the same ones.

use jiff::Timestamp;

use super::key_set::{KeySet, StoredSigningKey};
use super::signing_key::{SeedError, SigningKey, Thumbprint};
use crate::app::App;
use crate::random::RandomnessError;
use crate::store::{SigningKeys, StoreError};
use crate::vault::{Field, OpenError, SealError, Vault};

/// Why nothing can be signed.
#[derive(Debug, thiserror::Error)]
pub enum SigningKeyError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No random bytes for a new key.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// A new key could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The key that should sign does not open.
    #[error("the signing key {0} does not open: {1}")]
    Open(Thumbprint, OpenError),
    /// What opened is no key.
    #[error("the signing key {0} is no key: {1}")]
    Seed(Thumbprint, SeedError),
}

/// The set after what was due: a first or a next key is made, those that are outlived are gone.
///
/// # Errors
/// [`SigningKeyError`].
pub async fn rotate(app: &App) -> Result<KeySet, SigningKeyError> {
    let (now, store) = (app.now(), &*app.store);
    let set = KeySet::new(store.signing_keys().await?);
    let (due, outlived) = (set.next_due(now), set.outlived(now));
    if due.is_none() && outlived.is_empty() {
        return Ok(set);
    }
    if let Some(signs_from) = due {
        add(app, signs_from).await?;
    }
    for id in &outlived {
        store.drop_signing_key(id).await?;
        tracing::info!(kid = %id, "dropped a signing key that signed for long enough");
    }
    Ok(KeySet::new(store.signing_keys().await?))
}

/// The key that signs now, opened.
///
/// # Errors
/// [`SigningKeyError`].
pub async fn open_signing_key(app: &App) -> Result<SigningKey, SigningKeyError> {
    loop {
        let set = rotate(app).await?;
        if let Some(stored) = set.signing(app.now()) {
            return open(&app.vault, stored);
        }
        // Only a key that begins later is there, since the clock was set back: another one begins now.
        add(app, app.now()).await?;
    }
}

async fn add(app: &App, signs_from: Timestamp) -> Result<(), SigningKeyError> {
    let key = SigningKey::generate()?;
    let seed = app.vault.seal(&key.id().to_string(), Field::SigningKey, key.seed())?;
    app.store.add_signing_key(&StoredSigningKey { public: key.verifying_key(), seed, signs_from }).await?;
    tracing::info!(kid = %key.id(), %signs_from, "made a signing key");
    Ok(())
}

fn open(vault: &Vault, stored: &StoredSigningKey) -> Result<SigningKey, SigningKeyError> {
    let id = stored.public.thumbprint();
    let seed = vault
        .open(&id.to_string(), Field::SigningKey, &stored.seed)
        .map_err(|error| SigningKeyError::Open(id.clone(), error))?;
    SigningKey::from_seed(seed).map_err(|error| SigningKeyError::Seed(id, error))
}

/// Seals what an older key of the vault sealed with the newest. A signing key that does not open is dropped, and the next
/// one takes its place: what it signed lives for minutes only.
///
/// # Errors
/// [`SigningKeyError`] of the database or the vault.
pub async fn reseal(vault: &Vault, store: &(impl SigningKeys + Sync)) -> Result<(), SigningKeyError> {
    for stored in store.signing_keys().await? {
        let id = stored.public.thumbprint();
        match open(vault, &stored) {
            Ok(_) if stored.seed.key() == vault.sealing_key() => {}
            Ok(key) => {
                let seed = vault.seal(&id.to_string(), Field::SigningKey, key.seed())?;
                store.reseal_signing_key(&id, &seed).await?;
            }
            Err(error) => {
                tracing::error!(%error, "a signing key is dropped, and another one takes its place");
                store.drop_signing_key(&id).await?;
            }
        }
    }
    Ok(())
}
