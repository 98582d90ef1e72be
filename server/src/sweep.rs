//! Forgets what nobody needs: sessions that nobody can continue any more, old attempts, choices that nobody made, visits of
//! which nothing is left, links that are long over, and businesses that never connected anything.

use crate::app::App;
use crate::clock::seconds_before;
use crate::domain::hosted_link;
use crate::domain::session::CONTINUABLE_SECONDS;
use crate::domain::visit::KEPT_SECONDS;
use crate::services::expired_choices::drop_expired_choices;
use crate::store::StoreError;

/// After how many seconds a business that connected nothing is forgotten, unless a session can still be continued or somebody
/// is signing in, or a link to it can be used.
const UNCONNECTED: u64 = 24 * 60 * 60;

/// For how many seconds after its life an attempt can still tell how it ended.
const REMEMBERED: u64 = 60 * 60;

/// For how many seconds a delivery of a webhook can be looked up and replayed after it was over.
const DELIVERY_KEPT: u64 = 30 * 24 * 60 * 60;

/// How many lines of the audit are kept of what strangers can bring about as often as they like.
const MOST_EVENTS_BY_STRANGERS: u32 = 1_000_000;

/// How many rows of each kind were deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Sessions that were over for so long that nobody can continue them any more.
    pub sessions: u64,
    /// Attempts that ended, or timed out, more than an hour ago.
    pub attempts: u64,
    /// Choices that nobody made, with the credentials that waited for them.
    pub choices: u64,
    /// Links to pages of this server that were over a month ago.
    pub links: u64,
    /// Visits of which neither a session, an attempt nor a link is left.
    pub visits: u64,
    /// Answers that were kept for whoever asks the same again.
    pub answers: u64,
    /// Businesses that connected nothing within a day.
    pub businesses: u64,
    /// Deliveries of webhooks that were over a month ago.
    pub deliveries: u64,
    /// Lines of the audit that were kept for as long as the operator says, or were too many.
    pub audit_events: u64,
}

/// Sweeps once.
///
/// # Errors
/// [`StoreError`], after which the rest waits for the next time.
pub async fn sweep(app: &App) -> Result<Swept, StoreError> {
    let now = app.now();
    // Nothing else writes it down when time alone makes an authorisation run out.
    let expired = app.store.expire_connections(now).await?;
    tracing::debug!(expired, "looked for authorisations that ran out");
    Ok(Swept {
        sessions: app.store.drop_sessions(seconds_before(now, CONTINUABLE_SECONDS)).await?,
        attempts: app.store.drop_attempts(seconds_before(now, REMEMBERED)).await?,
        choices: drop_expired_choices(app).await?,
        links: app.store.drop_hosted_links(seconds_before(now, hosted_link::KEPT_SECONDS)).await?,
        visits: app.store.drop_visits(seconds_before(now, KEPT_SECONDS)).await?,
        answers: app.store.drop_requests(now).await?,
        businesses: app.store.drop_unconnected(seconds_before(now, UNCONNECTED), now).await?,
        deliveries: app.store.drop_deliveries(seconds_before(now, DELIVERY_KEPT)).await?,
        audit_events: app
            .store
            .drop_audit_events(seconds_before(now, app.config.audit.kept_seconds), MOST_EVENTS_BY_STRANGERS)
            .await?,
    })
}
