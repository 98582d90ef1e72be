//! What a webhook was told, is being told, and could not be told.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::error::WebhookError;
use super::{SecretKeyBearer, find};
use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::secret_key::Scope;
use crate::domain::webhook::{DeliveryId, EventId};
use crate::domain::webhook_delivery::{DeliveryState, WebhookDelivery};
use crate::http::input::{Path, Query};

/// How many deliveries a page has unless said otherwise, and at most.
const USUAL_PAGE: u32 = 100;
const LARGEST_PAGE: u32 = 500;

/// Which deliveries are listed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct DeliveryQuery {
    state: Option<StateFilter>,
    limit: Option<u32>,
    offset: Option<u32>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
enum StateFilter {
    Pending,
    Delivered,
    Failed,
}

impl From<StateFilter> for DeliveryState {
    fn from(filter: StateFilter) -> Self {
        match filter {
            StateFilter::Pending => Self::Pending,
            StateFilter::Delivered => Self::Delivered,
            StateFilter::Failed => Self::Failed,
        }
    }
}

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

/// A page of deliveries, newest first.
#[derive(Serialize)]
pub(in crate::http) struct DeliveryList {
    meta: Meta,
    data: Vec<DeliveryItem>,
}

#[derive(Serialize)]
struct Meta {
    count: u64,
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

/// `GET /v2/webhooks/{webhookId}/deliveries`
pub(super) async fn list(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(id): Path<String>,
    Query(query): Query<DeliveryQuery>,
) -> Result<Json<DeliveryList>, WebhookError> {
    bearer.require(Scope::Read)?;
    let webhook = find(&app, &bearer, &id).await?;
    let page = (query.limit.unwrap_or(USUAL_PAGE).min(LARGEST_PAGE), query.offset.unwrap_or(0));
    let state = query.state.map(DeliveryState::from);
    let (deliveries, count) = app.store.list_deliveries(&webhook.id, state, page, app.now()).await?;
    let data = deliveries.into_iter().map(DeliveryItem::from).collect();
    Ok(Json(DeliveryList { meta: Meta { count }, data }))
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
