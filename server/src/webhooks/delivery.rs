//! Posts what is due. At least once, in order for each connection, tried again for a day.
//!
//! Each delivery is a task of its own, so that a slow back end keeps nobody waiting; those of one webhook are few at a time.
//! A delivery is claimed before it is sent, so that of several servers on one database one sends it; where the server ends in
//! between, the claim runs out and it is sent again.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::StatusCode;
use url::Url;

use super::secret::{WebhookSecret, WebhookSecretError};
use super::signing;
use crate::app::App;
use crate::clock::seconds_after;
use crate::domain::webhook::Webhook;
use crate::domain::webhook_delivery::{AfterTry, ClaimedDelivery};
use crate::domain::webhook_event::WebhookEvent;
use crate::domain::webhook_metadata::{MetadataItem, MetadataLocation};
use crate::random;
use crate::services::http_client::HttpClientError;
use crate::store::StoreError;
use crate::vault::Vault;

/// How long a back end may take for an answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

/// After how many seconds somebody else may send what was claimed and not settled.
const CLAIMED_FOR_SECONDS: u64 = 60;

/// How many deliveries of one webhook are under way at once, so that a dead one does not hold all connections.
const AT_ONCE_OF_A_WEBHOOK: u32 = 8;

/// How many deliveries are begun in one round.
const MOST_OF_A_ROUND: u32 = 64;

/// The longest result that is kept of a try, in letters.
const LONGEST_RESULT: usize = 200;

/// Why a try failed.
#[derive(Debug, thiserror::Error)]
enum DeliveryError {
    #[error("answered {0}")]
    Refused(StatusCode),
    #[error(transparent)]
    Http(#[from] HttpClientError),
    #[error(transparent)]
    Secret(#[from] WebhookSecretError),
    #[error("its body: {0}")]
    Body(#[from] serde_json::Error),
}

/// Begins to deliver what is due, and answers how many deliveries that are. They end as tasks of [`App::finishing`].
///
/// # Errors
/// [`StoreError`], after which the rest waits for the next time.
pub async fn begin_due(app: &Arc<App>) -> Result<usize, StoreError> {
    let now = app.now();
    let until = seconds_after(now, CLAIMED_FOR_SECONDS);
    let claimed = app.store.claim_due_deliveries(now, until, AT_ONCE_OF_A_WEBHOOK, MOST_OF_A_ROUND).await?;
    let count = claimed.len();
    for delivery in claimed {
        app.finishing.spawn(deliver(app.clone(), delivery));
    }
    Ok(count)
}

async fn deliver(app: Arc<App>, delivery: ClaimedDelivery) {
    let (webhook, event) = (&delivery.webhook.id, &delivery.event.id);
    let (after, result) = match post(&app, &delivery).await {
        Ok(status) => (AfterTry::Delivered, format!("answered {status}")),
        Err(error) => (delivery.after_failure(app.now(), jitter()), error.to_string()),
    };
    let result: String = result.chars().take(LONGEST_RESULT).collect();
    let tries = delivery.tries;
    match after {
        AfterTry::Delivered => tracing::debug!(%webhook, %event, tries, "a webhook was delivered"),
        AfterTry::Again(at) => {
            tracing::info!(%webhook, %event, tries, %at, result, "a webhook is tried again");
        }
        AfterTry::Failed => tracing::warn!(%webhook, %event, tries, result, "a webhook was given up"),
    }
    if let Err(error) = app.store.settle_delivery(&delivery, app.now(), after, &result).await {
        tracing::error!(%webhook, %event, %error, "what came of a webhook could not be written down; it is sent again");
    }
    // The next one of this connection waited for this.
    app.delivered.notify_one();
}

async fn post(app: &App, delivery: &ClaimedDelivery) -> Result<StatusCode, DeliveryError> {
    let (webhook, now) = (&delivery.webhook, app.now());
    let secrets = open_secrets(&app.vault, webhook, now)?;
    let body = delivery.event.body()?;
    let headers = signing::headers(&secrets, &delivery.event.id, now, &body);
    let url = address(&webhook.url, &delivery.event);
    let metadata = delivery.event.metadata_in(MetadataLocation::Header);
    let metadata = metadata.map(|item| (item.name.as_str(), item.value.clone()));
    let status = app
        .http_client
        .send_for_status(app.config.webhooks.reach, &url, |http| {
            let request = http.post(url.clone()).timeout(ANSWER_WITHIN);
            let request = request.header("content-type", "application/json").body(body);
            let headers = headers.into_iter().chain(metadata);
            headers.fold(request, |request, (name, value)| request.header(name, value))
        })
        .await?;
    if status.is_success() { Ok(status) } else { Err(DeliveryError::Refused(status)) }
}

/// The secrets that sign now. One that does not open is left out, and fails the delivery only where no other one signs: after
/// a rotation it would else go on failing for as long as the older one is kept.
fn open_secrets(
    vault: &Vault,
    webhook: &Webhook,
    now: Timestamp,
) -> Result<Vec<WebhookSecret>, WebhookSecretError> {
    let mut secrets = Vec::new();
    let mut refused = None;
    for sealed in webhook.secrets.signing_at(now) {
        match WebhookSecret::open(vault, &webhook.id, sealed) {
            Ok(secret) => secrets.push(secret),
            Err(error) => refused = Some(error),
        }
    }
    refused.filter(|_| secrets.is_empty()).map_or(Ok(secrets), Err)
}

/// The webhook's address, with the metadata that belongs into its query. A parameter that it was registered with stays the
/// only one of its name.
fn address(registered: &Url, event: &WebhookEvent) -> Url {
    let mut url = registered.clone();
    let is_registered =
        |item: &MetadataItem| registered.query_pairs().any(|(name, _)| name.eq_ignore_ascii_case(&item.name));
    for item in event.metadata_in(MetadataLocation::Query).filter(|item| !is_registered(item)) {
        url.query_pairs_mut().append_pair(&item.name, &item.value);
    }
    url
}

fn jitter() -> u8 {
    let mut byte = [0];
    match random::fill(&mut byte) {
        Ok(()) => byte[0],
        // Without random bytes pauses are merely regular.
        Err(_) => 0,
    }
}
