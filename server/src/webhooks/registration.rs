//! Makes webhooks and rotates their secrets, for back ends and for the operator alike.

use std::collections::BTreeSet;

use jiff::Timestamp;
use railz_connect_contract::WidgetId;
use url::Url;

use super::secret::{WebhookSecret, WebhookSecretError};
use crate::clock::seconds_after;
use crate::domain::webhook::{EventKind, Webhook, WebhookId, WebhookSecrets};
use crate::random;
use crate::store::{Added, Replaced, Webhooks};
use crate::vault::Vault;

/// For how many hours both secrets sign after a rotation, where nobody says otherwise, and at most.
pub const OVERLAP_HOURS: u64 = 24;

/// The longest overlap, in hours.
pub const LONGEST_OVERLAP_HOURS: u64 = 720;

/// What whoever registers a webhook says of it; the address was looked at already.
#[derive(Clone, Debug)]
pub struct NewWebhook {
    /// The widget that it is to be told of.
    pub widget: WidgetId,
    /// Where deliveries go.
    pub url: Url,
    /// What it is for; may be empty.
    pub description: String,
    /// What it is to be told.
    pub events: BTreeSet<EventKind>,
}

/// Registers a webhook; its secret comes along, this once. `None` where the widget has as many as it may.
///
/// # Errors
/// [`WebhookSecretError`].
pub async fn register(
    vault: &Vault,
    store: &(impl Webhooks + Sync + ?Sized),
    new: NewWebhook,
    now: Timestamp,
) -> Result<Option<(Webhook, WebhookSecret)>, WebhookSecretError> {
    let id = WebhookId::new(format!("WHK-{}", random::uuid()?));
    let secret = WebhookSecret::generate()?;
    let webhook = Webhook {
        widget: new.widget,
        url: new.url,
        description: new.description,
        events: new.events,
        secrets: WebhookSecrets { newest: secret.seal(vault, &id)?, older: None },
        created_at: now,
        id,
    };
    Ok(match store.add_webhook(&webhook).await? {
        Added::New => Some((webhook, secret)),
        Added::Taken => None,
    })
}

/// Gives a webhook a new secret; the one before signs too until the overlap is over. `None` where somebody else rotated it
/// meanwhile.
///
/// # Errors
/// [`WebhookSecretError`].
pub async fn rotate_secret(
    vault: &Vault,
    store: &(impl Webhooks + Sync + ?Sized),
    webhook: &Webhook,
    overlap_hours: u64,
    now: Timestamp,
) -> Result<Option<(WebhookSecret, Timestamp)>, WebhookSecretError> {
    let secret = WebhookSecret::generate()?;
    let until = seconds_after(now, overlap_hours * 60 * 60);
    let older = (webhook.secrets.newest.clone(), until);
    let secrets = WebhookSecrets { newest: secret.seal(vault, &webhook.id)?, older: Some(older) };
    Ok(match store.replace_webhook_secrets(&webhook.id, &webhook.secrets, &secrets).await? {
        Replaced::Yes => Some((secret, until)),
        Replaced::Overtaken => None,
    })
}
