//! What the server remembers of webhooks, of what happened, and of its deliveries.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::WidgetId;

use super::{Added, Replaced, Result};
use crate::domain::business_list::{ListedPage, Page};
use crate::domain::webhook::{DeliveryId, EventId, EventKind, Webhook, WebhookId, WebhookSecrets};
use crate::domain::webhook_delivery::{AfterTry, ClaimedDelivery, DeliveryState, WebhookDelivery};

/// Webhooks, by widget and id.
#[async_trait]
pub trait Webhooks {
    /// Stores a webhook, unless its widget has as many as it may.
    async fn add_webhook(&self, webhook: &Webhook) -> Result<Added>;
    /// The webhook of this id.
    async fn webhook(&self, id: &WebhookId) -> Result<Option<Webhook>>;
    /// All webhooks, or those of one widget, oldest first.
    async fn list_webhooks(&self, widget: Option<&WidgetId>) -> Result<Vec<Webhook>>;
    /// Stores address, description and events over those it had, unless it is gone; its secrets stay.
    async fn replace_webhook(&self, webhook: &Webhook) -> Result<Replaced>;
    /// Stores secrets over those that were read.
    async fn replace_webhook_secrets(
        &self,
        id: &WebhookId,
        was: &WebhookSecrets,
        is: &WebhookSecrets,
    ) -> Result<Replaced>;
    /// Deletes a webhook with its deliveries; false where there is none.
    async fn delete_webhook(&self, id: &WebhookId) -> Result<bool>;
}

/// Deliveries of what happened. What happened is written down by the database itself, along with the change.
#[async_trait]
pub trait WebhookDeliveries {
    /// Writes down that time alone made connections expire, so that it is told.
    async fn expire_connections(&self, now: Timestamp) -> Result<u64>;
    /// Takes up to `most` deliveries that are due, each the first that waits of its webhook and connection, and keeps them
    /// from everybody else until `until`. Of one webhook no more than `at_once` are taken at any time.
    async fn claim_due_deliveries(
        &self,
        now: Timestamp,
        until: Timestamp,
        at_once: u32,
        most: u32,
    ) -> Result<Vec<ClaimedDelivery>>;
    /// Writes down what came of a try, unless somebody else claimed the delivery since.
    async fn settle_delivery(
        &self,
        delivery: &ClaimedDelivery,
        now: Timestamp,
        after: AfterTry,
        result: &str,
    ) -> Result<Replaced>;
    /// One page of the deliveries of a webhook, newest first: those in one of these states, or all where none is named.
    async fn list_deliveries(
        &self,
        webhook: &WebhookId,
        states: &[DeliveryState],
        page: Page,
        now: Timestamp,
    ) -> Result<ListedPage<WebhookDelivery>>;
    /// Queues the event of a delivery once more for its webhook; nothing where there is no such delivery.
    async fn replay_delivery(
        &self,
        webhook: &WebhookId,
        delivery: &DeliveryId,
        now: Timestamp,
    ) -> Result<Option<WebhookDelivery>>;
    /// Writes down one event of each kind, about a played business and connection, for the webhooks of a widget; nothing where
    /// it has none.
    async fn record_practice_events(
        &self,
        widget: &WidgetId,
        now: Timestamp,
    ) -> Result<Vec<(EventId, EventKind)>>;
    /// Forgets deliveries that were over before this moment, and what nobody is to be told of any more.
    async fn drop_deliveries(&self, before: Timestamp) -> Result<u64>;
}
