//! The secret that a webhook's deliveries are signed with: shown once, sealed at rest.

use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretString};

use crate::domain::webhook::{Webhook, WebhookId, WebhookSecrets};
use crate::random::{self, RandomnessError};
use crate::store::{StoreError, Webhooks};
use crate::vault::{Field, OpenError, SealError, Sealed, Vault};

/// What the text of every secret begins with (Standard Webhooks).
pub const PREFIX: &str = "whsec_";

/// A secret as the back end holds it: `whsec_` and 256 random bits in base64. It does not print.
#[derive(Clone, Debug)]
pub struct WebhookSecret(SecretString);

/// Why a webhook has no secret to sign with.
#[derive(Debug, thiserror::Error)]
pub enum WebhookSecretError {
    /// No random bytes.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// A new secret could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// A stored one does not open.
    #[error(
        "the secret of {webhook} does not open: {error}; make another one with connect-server webhook rotate-secret"
    )]
    Open {
        /// The webhook.
        webhook: WebhookId,
        /// Whether the key is missing, or the value is not what was sealed.
        error: OpenError,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl WebhookSecret {
    /// A new one.
    ///
    /// # Errors
    /// [`RandomnessError`] where the operating system has none to give.
    pub fn generate() -> Result<Self, RandomnessError> {
        let mut bytes = [0; 32];
        random::fill(&mut bytes)?;
        Ok(Self(format!("{PREFIX}{}", STANDARD.encode(bytes)).into()))
    }

    /// The text, for whoever registers the webhook, and for signing.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// The bytes that the text stands for, which Standard Webhooks sign with.
    pub(super) fn decode(&self) -> Vec<u8> {
        let encoded = self.expose().strip_prefix(PREFIX).unwrap_or_default();
        // What opens in the vault was made above, and so is base64.
        STANDARD.decode(encoded).unwrap_or_default()
    }

    /// Seals it for this webhook.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn seal(&self, vault: &Vault, webhook: &WebhookId) -> Result<Sealed, SealError> {
        vault.seal(webhook.as_str(), Field::WebhookSecret, &self.0)
    }

    /// Opens one of a webhook's secrets.
    ///
    /// # Errors
    /// [`WebhookSecretError::Open`].
    pub fn open(vault: &Vault, webhook: &WebhookId, sealed: &Sealed) -> Result<Self, WebhookSecretError> {
        vault
            .open(webhook.as_str(), Field::WebhookSecret, sealed)
            .map(Self)
            .map_err(|error| WebhookSecretError::Open { webhook: webhook.clone(), error })
    }
}

/// Seals with the vault's newest key what an older one sealed. A secret that does not open keeps no server from starting, and
/// stays as it is: the log says which to rotate, and an older one that was rotated is over soon.
///
/// # Errors
/// [`WebhookSecretError`] of the database or the vault.
pub async fn reseal(vault: &Vault, store: &(impl Webhooks + Sync)) -> Result<(), WebhookSecretError> {
    for webhook in store.list_webhooks(None).await? {
        match reseal_one(vault, &webhook) {
            Ok(None) => {}
            Ok(Some(secrets)) => {
                store.replace_webhook_secrets(&webhook.id, &webhook.secrets, &secrets).await?;
            }
            Err(error @ WebhookSecretError::Open { .. }) => {
                tracing::error!(%error, "a webhook cannot be signed");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn reseal_one(vault: &Vault, webhook: &Webhook) -> Result<Option<WebhookSecrets>, WebhookSecretError> {
    let id = &webhook.id;
    let mut resealed = false;
    let mut anew = |sealed: &Sealed| -> Result<Sealed, WebhookSecretError> {
        let secret = WebhookSecret::open(vault, id, sealed)?;
        if sealed.key() == vault.sealing_key() {
            return Ok(sealed.clone());
        }
        resealed = true;
        Ok(secret.seal(vault, id)?)
    };
    let newest = anew(&webhook.secrets.newest)?;
    let older = match &webhook.secrets.older {
        Some((older, until)) => match anew(older) {
            Err(WebhookSecretError::Open { .. }) => {
                tracing::warn!(webhook = %id, %until, "a webhook's older secret does not open, and signs no more");
                Some((older.clone(), *until))
            }
            sealed => Some((sealed?, *until)),
        },
        None => None,
    };
    Ok(resealed.then_some(WebhookSecrets { newest, older }))
}
