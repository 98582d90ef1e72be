//! What a webhook was told, is being told, and could not be told.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

use super::error::WebhookError;
use super::{SecretKeyBearer, find};
use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::secret_key::Scope;
use crate::domain::webhook::{DeliveryId, EventId};
use crate::domain::webhook_delivery::{DeliveryState, WebhookDelivery};
use crate::http::input::Path;
use crate::http::v2::list_query::ListQuery;
use crate::http::v2::listed;

/// A delivery as back ends see it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::http) struct DeliveryItem {
    delivery_id: DeliveryId,
    /// The `id` of the body, and the header `webhook-id`.
    event_id: EventId,
    event: &'static str,
    state: &'static str,
    tries: u32,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_try_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_try_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<String>,
}

impl From<WebhookDelivery> for DeliveryItem {
    fn from(delivery: WebhookDelivery) -> Self {
        Self {
            delivery_id: delivery.id,
            event_id: delivery.event,
            event: delivery.kind.word(),
            state: delivery.state.word(),
            tries: delivery.tries,
            created_at: to_rfc3339(delivery.queued_at),
            next_try_at: delivery.due_at.map(to_rfc3339),
            last_try_at: delivery.tried_at.map(to_rfc3339),
            result: delivery.result,
        }
    }
}

/// `GET /v2/webhooks/{webhookId}/deliveries`, newest first
pub(super) async fn list(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebhookError> {
    bearer.require(Scope::Read)?;
    let webhook = find(&app, &bearer, &id).await?;
    let query = ListQuery::read(query.as_deref(), &["state"])?;
    let states = query.words("state", &DeliveryState::ALL.map(|state| (state.word(), state)))?;
    let found = app.store.list_deliveries(&webhook.id, &states, query.page()?, app.now()).await?;
    Ok(listed::answer(found, DeliveryItem::from))
}

/// `POST /v2/webhooks/{webhookId}/deliveries/{deliveryId}/replay`
pub(super) async fn replay(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path((id, delivery)): Path<(String, String)>,
) -> Result<(StatusCode, Json<DeliveryItem>), WebhookError> {
    bearer.require(Scope::Write)?;
    let webhook = find(&app, &bearer, &id).await?;
    let replayed = app.store.replay_delivery(&webhook.id, &DeliveryId::new(delivery), app.now()).await?;
    let replayed = replayed.ok_or(WebhookError::NoDelivery)?;
    app.delivered.notify_one();
    Ok((StatusCode::ACCEPTED, Json(replayed.into())))
}
