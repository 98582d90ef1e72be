//! Deliveries as they are stored: one that is claimed, with all that the post needs, and one as it is listed.

use jiff::Timestamp;

use super::row::At;
use super::webhook_event_row::WebhookEventRow;
use super::webhooks::WebhookRow;
use crate::domain::webhook::{DeliveryId, EventId};
use crate::domain::webhook_delivery::{ClaimedDelivery, DeliveryState, WebhookDelivery};
use crate::store::StoreError;

#[derive(sqlx::FromRow)]
pub(super) struct ClaimedRow {
    pub(super) number: i64,
    pub(super) tries: u32,
    queued_at: i64,
    #[sqlx(flatten)]
    webhook: WebhookRow,
    #[sqlx(flatten)]
    event: WebhookEventRow,
}

impl TryFrom<ClaimedRow> for ClaimedDelivery {
    type Error = StoreError;

    fn try_from(row: ClaimedRow) -> Result<Self, StoreError> {
        let at = At { table: "webhook_deliveries", id: &row.number.to_string() };
        Ok(Self {
            number: row.number,
            tries: row.tries,
            queued_at: at.moment("queued_at", row.queued_at)?,
            webhook: row.webhook.try_into()?,
            event: row.event.try_into()?,
        })
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct DeliveryRow {
    id: String,
    event_id: String,
    event: String,
    state: String,
    tries: u32,
    queued_at: Option<i64>,
    due_at: Option<i64>,
    tried_at: Option<i64>,
    result: Option<String>,
}

impl DeliveryRow {
    /// One that nobody looked at yet is queued now.
    pub(super) fn into_delivery(self, now: Timestamp) -> Result<WebhookDelivery, StoreError> {
        let at = At { table: "webhook_deliveries", id: &self.id };
        let moment = |column, value: Option<i64>| value.map(|value| at.moment(column, value)).transpose();
        let state = DeliveryState::from_word(&self.state);
        let state = state.ok_or_else(|| at.impossible_row("state", self.state.as_str()))?;
        let kind = self.event.parse().map_err(|_| at.impossible_row("event", self.event.as_str()))?;
        let queued_at = moment("queued_at", self.queued_at)?.unwrap_or(now);
        let due_at = moment("due_at", self.due_at)?;
        let tried_at = moment("tried_at", self.tried_at)?;
        Ok(WebhookDelivery {
            id: DeliveryId::new(self.id),
            event: EventId::new(self.event_id),
            kind,
            state,
            tries: self.tries,
            queued_at,
            due_at: (state == DeliveryState::Pending).then_some(due_at.unwrap_or(now)),
            tried_at,
            result: self.result,
        })
    }
}
