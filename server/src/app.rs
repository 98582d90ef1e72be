//! The running server's parts: what every route is given. `start.rs` puts them together.

use tokio::sync::{Mutex, Notify};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::audit::audit_log::AuditLog;
use crate::clock::Timing;
use crate::config::Config;
use crate::connection_locks::ConnectionLocks;
use crate::held_polls::HeldPolls;
use crate::notifier::AttemptNotifier;
use crate::services::http_client::HttpClient;
use crate::services::oauth::forced_renewals::ForcedRenewals;
use crate::store::Store;
use crate::vault::Vault;

/// What every request and background task shares, behind one `Arc`.
pub struct App {
    /// The operator's file and environment, checked; it stays the same while the server runs.
    pub config: Config,
    /// The clock, and how often waiting polls look for themselves.
    pub timing: Timing,
    /// Everything that outlives the process.
    pub store: Box<dyn Store>,
    /// Seals what is secret before it is stored, and opens it again.
    pub vault: Vault,
    /// The one client for all calls to services: time allowed, no redirects, no private networks unless configured.
    pub http_client: HttpClient,
    /// Wakes the polls that wait for the end of an attempt.
    pub notifier: AttemptNotifier,
    /// The places for polls that wait.
    pub held_polls: HeldPolls,
    /// Sign-ins that are being finished, with or without a window that waits for it, and webhooks under way.
    pub finishing: TaskTracker,
    /// Whoever writes down a linked bank holds it, so that one bank linked twice at once becomes one connection.
    pub linking: Mutex<()>,
    /// Which connections' tokens were renewed just now because their service refused them.
    pub forced_renewals: ForcedRenewals,
    /// Held by whoever refreshes a connection's token.
    pub refreshing: ConnectionLocks,
    /// Held by whoever makes something of a connection with what a sign-in brought.
    pub signing_in: ConnectionLocks,
    /// Woken when a webhook was delivered or failed, since the next one may have waited for that.
    pub delivered: Notify,
    /// What bounds the audit, and how far it is in the log.
    pub audit: AuditLog,
    /// Cancelled when the server is to end; held polls are answered and background tasks return then.
    pub ending: CancellationToken,
}

impl App {
    /// The present moment by the server's clock, in UTC.
    pub fn now(&self) -> jiff::Timestamp {
        self.timing.clock.now()
    }
}
