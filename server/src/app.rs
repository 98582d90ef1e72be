//! The running server's parts, held together: what every route is given.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::notifier::AttemptNotifier;
use crate::random::{Randomness, SystemRandomness};
use crate::services::http_client::HttpClient;
use crate::start::{self, StartError};
use crate::store::{Sqlite, Store};
use crate::vault::Vault;

/// What the world gives the server: time, chance, and how patient its safety nets are.
#[derive(Clone)]
pub struct World {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where chance comes from.
    pub randomness: Arc<dyn Randomness>,
    /// How often a held poll reads the database, in case it was not woken.
    pub reread: Duration,
}

impl Default for World {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
            reread: Duration::from_secs(10),
        }
    }
}

/// The running server's parts.
pub struct App {
    /// What the operator decided.
    pub config: Config,
    /// Time and chance.
    pub world: World,
    /// The memory.
    pub store: Box<dyn Store>,
    /// The safe.
    pub vault: Vault,
    /// The way to every service.
    pub http_client: HttpClient,
    /// Wakes the polls.
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
    pub async fn start(config: Config, world: World) -> Result<Arc<Self>, StartError> {
        let store = Sqlite::open(&config.database).await?;
        let vault = start::vault(&config, &world, &store).await?;
        let http_client = HttpClient::new(config.attempts.exchange_timeout)?;
        Ok(Arc::new(Self {
            config,
            world,
            store: Box::new(store),
            vault,
            http_client,
            notifier: AttemptNotifier::default(),
            finishing: TaskTracker::new(),
            linking: Mutex::new(()),
            ending: CancellationToken::new(),
        }))
    }

    /// What time it is.
    pub fn now(&self) -> jiff::Timestamp {
        self.world.clock.now()
    }

    /// Where chance comes from.
    pub fn randomness(&self) -> &dyn Randomness {
        &*self.world.randomness
    }
}
