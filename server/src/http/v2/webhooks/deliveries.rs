//! What a webhook was told, is being told, and could not be told.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::error::WebhookError;
use super::{SecretKeyBearer, find};
use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::secret_key::Scope;
use crate::domain::webhook::{DeliveryId, EventId};
use crate::domain::webhook_delivery::{DeliveryState, WebhookDelivery};
use crate::http::input::Path;
use crate::http::v2::list_query::ListQuery;
use crate::http::v2::listed::{self, ListAnswer};
use crate::http::v2::openapi::schemas::{DeliveryStateWord, ErrorAnswer, EventWord, PageQuery};

/// A delivery as back ends see it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::http) struct DeliveryItem {
    #[schema(value_type = String)]
    delivery_id: DeliveryId,
    /// The `id` of the body, and the header `webhook-id`.
    #[schema(value_type = String)]
    event_id: EventId,
    #[schema(value_type = EventWord)]
    event: &'static str,
    #[schema(value_type = DeliveryStateWord)]
    state: &'static str,
    tries: u32,
    #[schema(format = DateTime)]
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    next_try_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    last_try_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// What the last try came to.
    #[schema(nullable = false)]
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
#[utoipa::path(
    get, path = "/v2/webhooks/{webhook}/deliveries", operation_id = "listDeliveries", tag = "Webhooks",
    summary = "Lists deliveries, newest first",
    params(PageQuery, ("webhook" = String, Path, description = "Its webhookId"),
        ("state" = Option<Vec<DeliveryStateWord>>, Query, description = "One of these")),
    responses(
        (status = 200, body = ListAnswer<DeliveryItem>, description = "A page of them"),
        (status = 204, description = "There is none"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has none of this id"),
    ),
    security(("secretKey" = ["read"])),
)]
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
#[utoipa::path(
    post, path = "/v2/webhooks/{webhook}/deliveries/{delivery}/replay", operation_id = "replayDelivery", tag = "Webhooks",
    summary = "Sends an event once more",
    params(("webhook" = String, Path, description = "Its webhookId"),
        ("delivery" = String, Path, description = "Its deliveryId")),
    responses(
        (status = 202, body = DeliveryItem, description = "The new delivery"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has none of this id"),
    ),
    security(("secretKey" = ["write"])),
)]
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
