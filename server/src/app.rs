//! The running server's parts: what every route is given.

use std::sync::Arc;

use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::Timing;
use crate::config::Config;
use crate::notifier::AttemptNotifier;
use crate::services::http_client::HttpClient;
use crate::start::{self, StartError};
use crate::store::Store;
use crate::store::sqlite::Sqlite;
use crate::vault::Vault;

/// The running server's parts.
pub struct App {
    /// What the operator decided.
    pub config: Config,
    /// The clock, and how often waiting polls look for themselves.
    pub timing: Timing,
    /// The database.
    pub store: Box<dyn Store>,
    /// Seals and opens credentials.
    pub vault: Vault,
    /// The way to every service.
    pub http_client: HttpClient,
    /// Wakes the polls that wait for the end of an attempt.
    pub notifier: AttemptNotifier,
    /// The sign-ins that are being finished, with or without a window that waits for it.
    pub finishing: TaskTracker,
    /// Whoever writes down a linked bank holds it, so that one bank linked twice at once becomes one connection.
    pub linking: Mutex<()>,
    /// Cancelled when the server is to end.
    pub ending: CancellationToken,
}

impl App {
    /// Opens the database and the vault, and makes sure that they belong together.
    ///
    /// # Errors
    /// [`StartError`], in words for the operator.
    pub async fn start(config: Config, timing: Timing) -> Result<Arc<Self>, StartError> {
        let store = Sqlite::open(&config.database).await?;
        let vault = start::open_vault(&config, &store).await?;
        let http_client = HttpClient::new(config.attempts.exchange_timeout)?;
        Ok(Arc::new(Self {
            config,
            timing,
            store: Box::new(store),
            vault,
            http_client,
            notifier: AttemptNotifier::default(),
            finishing: TaskTracker::new(),
            linking: Mutex::new(()),
            ending: CancellationToken::new(),
        }))
    }

    /// The present moment by the server's clock, in UTC.
    pub fn now(&self) -> jiff::Timestamp {
        self.timing.clock.now()
    }
}
