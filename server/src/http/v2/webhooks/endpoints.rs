//! Registers webhooks, lists, changes and deletes them, and rotates their secrets.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::{LONGEST_DESCRIPTION, WebhookError};
use super::{SecretKeyBearer, find};
use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::business_list::ListedPage;
use crate::domain::secret_key::Scope;
use crate::domain::webhook::{EventKind, Webhook, WebhookId, parse_events};
use crate::http::input::{Body, Path};
use crate::http::v2::listed::{self, ListAnswer};
use crate::http::v2::openapi::schemas::{ErrorAnswer, EventWord};
use crate::store::Replaced;
use crate::webhooks::address;
use crate::webhooks::registration::{
    self, LONGEST_OVERLAP_HOURS, NewWebhook, OVERLAP_HOURS, rotate_secret as rotate,
};

/// What a back end says of a webhook; at a change, what it leaves out stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"url": "https://app.example/webhooks/connect", "events": ["auth", "connectionStatus"]}))]
pub(super) struct WebhookRequest {
    /// Where deliveries are posted to: https, public. A new webhook needs one.
    #[schema(format = "uri")]
    url: Option<String>,
    /// What it is told; everything where it is left out.
    #[schema(value_type = Option<Vec<EventWord>>)]
    events: Option<Vec<String>>,
    /// Yours, on one line.
    #[schema(max_length = 200, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    description: Option<String>,
}

/// How long the older secret signs beside the new one.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"overlapHours": 24}))]
pub(super) struct RotateRequest {
    /// 24 where it is left out.
    #[schema(minimum = 0, maximum = 720)]
    overlap_hours: Option<u64>,
}

/// A webhook as back ends see it. Its secret stands in the answer to whoever registered it, and nowhere else.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::http) struct WebhookItem {
    #[schema(value_type = String)]
    webhook_id: WebhookId,
    url: String,
    #[schema(value_type = Vec<EventWord>)]
    events: Vec<&'static str>,
    description: String,
    #[schema(format = DateTime)]
    created_at: String,
    /// What it verifies deliveries with; in the answer to whoever registered it, and nowhere else.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    secret: Option<String>,
}

/// A new secret, this once.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::http) struct RotatedSecret {
    #[schema(value_type = String)]
    webhook_id: WebhookId,
    secret: String,
    /// Until then the older one signs too.
    #[schema(format = DateTime)]
    older_secret_until: String,
}

impl From<Webhook> for WebhookItem {
    fn from(webhook: Webhook) -> Self {
        Self {
            webhook_id: webhook.id,
            url: webhook.url.into(),
            events: webhook.events.into_iter().map(EventKind::word).collect(),
            description: webhook.description,
            created_at: to_rfc3339(webhook.created_at),
            secret: None,
        }
    }
}

fn read<T: DeserializeOwned + Default>(body: &[u8]) -> Result<T, WebhookError> {
    if body.trim_ascii().is_empty() {
        return Ok(T::default());
    }
    serde_json::from_slice(body).map_err(|error| WebhookError::Body(error.into()))
}

fn check_description(text: String) -> Result<String, WebhookError> {
    let fits = text.chars().count() <= LONGEST_DESCRIPTION && !text.contains(char::is_control);
    if fits { Ok(text) } else { Err(WebhookError::Description) }
}

/// `POST /v2/webhooks`
#[utoipa::path(
    post, path = "/v2/webhooks", operation_id = "registerWebhook", tag = "Webhooks",
    summary = "Registers an address that is told what happens",
    request_body(content = WebhookRequest, content_type = "application/json"),
    responses(
        (status = 201, body = WebhookItem, description = "The webhook, with its secret"),
        (status = 409, body = ErrorAnswer, description = "The widget has as many as it may"),
    ),
    security(("secretKey" = ["write"])),
)]
pub(super) async fn register(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Body(body): Body,
) -> Result<(StatusCode, Json<WebhookItem>), WebhookError> {
    bearer.require(Scope::Write)?;
    let request: WebhookRequest = read(&body)?;
    let new = NewWebhook {
        widget: bearer.widget.id,
        description: check_description(request.description.unwrap_or_default())?,
        events: parse_events(request.events.iter().flatten().map(String::as_str))?,
        url: address::read(&request.url.unwrap_or_default(), app.config.webhooks.reach).await?,
    };
    let registered = registration::register(&app.vault, &*app.store, new, app.now()).await?;
    let (webhook, secret) = registered.ok_or(WebhookError::TooMany)?;
    bearer.audit.subject(webhook.id.as_str());
    tracing::info!(key = %bearer.key.id, webhook = %webhook.id, "a webhook was registered");
    let item = WebhookItem { secret: Some(secret.expose().to_owned()), ..webhook.into() };
    Ok((StatusCode::CREATED, Json(item)))
}

/// `GET /v2/webhooks`
#[utoipa::path(
    get, path = "/v2/webhooks", operation_id = "listWebhooks", tag = "Webhooks",
    summary = "Lists the webhooks",
    responses(
        (status = 200, body = ListAnswer<WebhookItem>, description = "All of them"),
        (status = 204, description = "There is none"),
    ),
    security(("secretKey" = ["read"])),
)]
pub(super) async fn list(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
) -> Result<Response, WebhookError> {
    bearer.require(Scope::Read)?;
    let entries = app.store.list_webhooks(Some(&bearer.widget.id)).await?;
    let count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    Ok(listed::answer(ListedPage { count, entries }, WebhookItem::from))
}

/// `GET /v2/webhooks/{webhookId}`
#[utoipa::path(
    get, path = "/v2/webhooks/{webhook}", operation_id = "getWebhook", tag = "Webhooks",
    summary = "Shows one webhook",
    params(("webhook" = String, Path, description = "Its webhookId")),
    responses(
        (status = 200, body = WebhookItem, description = "The webhook"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has none of this id"),
    ),
    security(("secretKey" = ["read"])),
)]
pub(super) async fn show(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(id): Path<String>,
) -> Result<Json<WebhookItem>, WebhookError> {
    bearer.require(Scope::Read)?;
    Ok(Json(find(&app, &bearer, &id).await?.into()))
}

/// `PATCH /v2/webhooks/{webhookId}`
#[utoipa::path(
    patch, path = "/v2/webhooks/{webhook}", operation_id = "changeWebhook", tag = "Webhooks",
    summary = "Changes what is named of a webhook",
    params(("webhook" = String, Path, description = "Its webhookId")),
    request_body(content = WebhookRequest, content_type = "application/json"),
    responses(
        (status = 200, body = WebhookItem, description = "The webhook as it is now"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has none of this id"),
    ),
    security(("secretKey" = ["write"])),
)]
pub(super) async fn change(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(id): Path<String>,
    Body(body): Body,
) -> Result<Json<WebhookItem>, WebhookError> {
    bearer.require(Scope::Write)?;
    let mut webhook = find(&app, &bearer, &id).await?;
    let request: WebhookRequest = read(&body)?;
    if let Some(url) = request.url {
        webhook.url = address::read(&url, app.config.webhooks.reach).await?;
    }
    if let Some(events) = request.events {
        webhook.events = parse_events(events.iter().map(String::as_str))?;
    }
    if let Some(description) = request.description {
        webhook.description = check_description(description)?;
    }
    match app.store.replace_webhook(&webhook).await? {
        Replaced::Yes => Ok(Json(webhook.into())),
        Replaced::Overtaken => Err(WebhookError::NoWebhook),
    }
}

/// `DELETE /v2/webhooks/{webhookId}`
#[utoipa::path(
    delete, path = "/v2/webhooks/{webhook}", operation_id = "deleteWebhook", tag = "Webhooks",
    summary = "Deletes a webhook with its deliveries",
    params(("webhook" = String, Path, description = "Its webhookId")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has none of this id"),
    ),
    security(("secretKey" = ["write"])),
)]
pub(super) async fn delete(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(id): Path<String>,
) -> Result<StatusCode, WebhookError> {
    bearer.require(Scope::Write)?;
    let webhook = find(&app, &bearer, &id).await?;
    app.store.delete_webhook(&webhook.id).await?;
    tracing::info!(key = %bearer.key.id, webhook = %webhook.id, "a webhook was deleted");
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /v2/webhooks/{webhookId}/rotateSecret`
#[utoipa::path(
    post, path = "/v2/webhooks/{webhook}/rotateSecret", operation_id = "rotateWebhookSecret", tag = "Webhooks",
    summary = "Gives a webhook another secret",
    params(("webhook" = String, Path, description = "Its webhookId")),
    request_body(content = RotateRequest, content_type = "application/json"),
    responses(
        (status = 200, body = RotatedSecret, description = "The new secret, this once"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has none of this id"),
    ),
    security(("secretKey" = ["write"])),
)]
pub(super) async fn rotate_secret(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(id): Path<String>,
    Body(body): Body,
) -> Result<Json<RotatedSecret>, WebhookError> {
    bearer.require(Scope::Write)?;
    let webhook = find(&app, &bearer, &id).await?;
    let request: RotateRequest = read(&body)?;
    let hours = request.overlap_hours.unwrap_or(OVERLAP_HOURS);
    if hours > LONGEST_OVERLAP_HOURS {
        return Err(WebhookError::Overlap);
    }
    let rotated = rotate(&app.vault, &*app.store, &webhook, hours, app.now()).await?;
    let (secret, until) = rotated.ok_or(WebhookError::Overtaken)?;
    tracing::info!(key = %bearer.key.id, webhook = %webhook.id, "the secret of a webhook was rotated");
    Ok(Json(RotatedSecret {
        webhook_id: webhook.id,
        secret: secret.expose().to_owned(),
        older_secret_until: to_rfc3339(until),
    }))
}
