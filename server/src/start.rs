//! Puts the server together, and what has to be right before the first request: the keys open what is stored, and what is
//! sealed with an old key is sealed anew.

use std::sync::Arc;

use tokio::sync::{Mutex, Notify};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::access::signing_key_rotation::{self, SigningKeyError};
use crate::app::App;
use crate::audit::audit_log::AuditLog;
use crate::clock::Timing;
use crate::config::Config;
use crate::connection_locks::ConnectionLocks;
use crate::domain::credential::{Credential, StoredCredential};
use crate::held_polls::HeldPolls;
use crate::notifier::AttemptNotifier;
use crate::services::http_client::{HttpClient, HttpClientError};
use crate::services::oauth::forced_renewals::ForcedRenewals;
use crate::store::sqlite::Sqlite;
use crate::store::{Credentials, Store, StoreError, skip_impossible_row};
use crate::vault::{Field, KeyId, KeysError, OpenError, SealError, Vault};
use crate::webhooks;
use crate::webhooks::secret::WebhookSecretError;

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database cannot be opened, read or brought up to date.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key file or `CONNECT_KEY` cannot be used.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The key file is gone while credentials are sealed with its key.
    #[error(
        "key_file {path} does not exist, but the database holds credentials sealed with key {key}; \
         put that key back, or give it in CONNECT_KEY"
    )]
    KeyGone {
        /// Where the file should be.
        path: String,
        /// The id of the key that the credentials are sealed with.
        key: KeyId,
    },
    /// The keys are not those that the credentials are sealed with.
    #[error("the key cannot open what is stored: the credential of {connection} is {error}")]
    WrongKey {
        /// A connection whose credential does not open.
        connection: String,
        /// Whether the key is missing, or the value is not what was sealed.
        error: OpenError,
    },
    /// A credential could not be sealed with the newest key.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// A signing key could not be sealed with the newest key, or the database failed meanwhile.
    #[error(transparent)]
    SigningKey(#[from] SigningKeyError),
    /// A webhook's secret could not be sealed with the newest key, or the database failed meanwhile.
    #[error(transparent)]
    WebhookSecret(#[from] WebhookSecretError),
    /// The HTTP client for the services cannot be set up.
    #[error(transparent)]
    HttpClient(#[from] HttpClientError),
}

impl App {
    /// Opens the database and the vault, and makes sure that they belong together.
    ///
    /// # Errors
    /// [`StartError`], in words for the operator.
    pub async fn start(config: Config, timing: Timing) -> Result<Arc<Self>, StartError> {
        let store = Sqlite::open(&config.database).await?;
        let vault = open_vault(&config, &store).await?;
        signing_key_rotation::reseal(&vault, &store).await?;
        webhooks::secret::reseal(&vault, &store).await?;
        let http_client = HttpClient::new(config.attempts.exchange_timeout)?;
        let store: Box<dyn Store> = Box::new(store);
        let audit = AuditLog::after_what_is_stored(&*store).await?;
        let held_polls = HeldPolls::new(config.requests.held_polls);
        Ok(Arc::new(Self {
            config,
            timing,
            store,
            vault,
            http_client,
            notifier: AttemptNotifier::default(),
            held_polls,
            finishing: TaskTracker::new(),
            linking: Mutex::new(()),
            forced_renewals: ForcedRenewals::default(),
            refreshing: ConnectionLocks::default(),
            signing_in: ConnectionLocks::default(),
            delivered: Notify::new(),
            audit,
            ending: CancellationToken::new(),
        }))
    }
}

/// Opens the vault for this database.
///
/// # Errors
/// [`StartError`] where the keys do not belong to it.
pub async fn open_vault(config: &Config, store: &(impl Credentials + Sync)) -> Result<Vault, StartError> {
    let ring = config.keys.read()?;
    let mut stored = Vec::new();
    for read in store.one_of_each_key().await? {
        // Where the key is gone a row that cannot be read is no reason to make another.
        let read = if ring.is_ok() { skip_impossible_row(read.map(Some))? } else { Some(read?) };
        stored.extend(read);
    }
    let ring = match (ring, stored.first()) {
        (Ok(ring), _) => ring,
        (Err(missing), None) => {
            let ring = missing.make_file()?;
            tracing::info!(key_file = ?config.keys, "made a new key; keep a copy of the file in a safe place");
            ring
        }
        (Err(missing), Some(stored)) => {
            let key = stored.credential.access.key();
            return Err(StartError::KeyGone { path: missing.0.display().to_string(), key });
        }
    };
    let vault = Vault::new(ring);
    for stored in &stored {
        open(&vault, stored)?;
    }
    reseal(&vault, store).await?;
    Ok(vault)
}

fn open(vault: &Vault, stored: &StoredCredential) -> Result<secrecy::SecretString, StartError> {
    let connection = stored.credential.connection.as_str();
    vault
        .open(connection, Field::AccessToken, &stored.credential.access)
        .map_err(|error| StartError::WrongKey { connection: connection.to_owned(), error })
}

/// Seals what an older key sealed with the first key of the ring.
async fn reseal(vault: &Vault, store: &(impl Credentials + Sync)) -> Result<(), StartError> {
    let mut resealed = 0;
    while let Some(stored) = store.one_of_other_key(vault.sealing_key()).await? {
        let old = &stored.credential;
        let connection = old.connection.as_str();
        let access = vault.seal(connection, Field::AccessToken, &open(vault, &stored)?)?;
        let refresh = match &old.refresh {
            None => None,
            Some(sealed) => {
                let text = vault
                    .open(connection, Field::RefreshToken, sealed)
                    .map_err(|error| StartError::WrongKey { connection: connection.to_owned(), error })?;
                Some(vault.seal(connection, Field::RefreshToken, &text)?)
            }
        };
        let new = Credential { access, refresh, ..old.clone() };
        store.replace_credential(stored.version, &new, None).await?;
        resealed += 1;
    }
    if resealed > 0 {
        tracing::info!(resealed, key = %vault.sealing_key(), "sealed older credentials with the newest key");
    }
    Ok(())
}
