//! `/v2/webhooks`: a back end registers the addresses that are told what happens, and looks after its deliveries.
//!
//! `endpoints.rs` has the webhooks themselves, `deliveries.rs` what was and is being delivered, `practice.rs` fires events of
//! sandbox widgets.

mod deliveries;
mod endpoints;
mod error;
mod practice;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use utoipa::OpenApi;

use self::error::WebhookError;
use super::secret_key_bearer::SecretKeyBearer;
use crate::app::App;
use crate::domain::webhook::{Webhook, WebhookId};

/// What the document says of webhooks.
#[derive(OpenApi)]
#[openapi(paths(
    endpoints::register,
    endpoints::list,
    endpoints::show,
    endpoints::change,
    endpoints::delete,
    endpoints::rotate_secret,
    deliveries::list,
    deliveries::replay,
    practice::fire,
))]
pub(super) struct Webhooks;

/// The routes of webhooks.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/v2/webhooks", get(endpoints::list).post(endpoints::register))
        .route(
            "/v2/webhooks/{webhook}",
            get(endpoints::show).patch(endpoints::change).delete(endpoints::delete),
        )
        .route("/v2/webhooks/{webhook}/rotateSecret", post(endpoints::rotate_secret))
        .route("/v2/webhooks/{webhook}/deliveries", get(deliveries::list))
        .route("/v2/webhooks/{webhook}/deliveries/{delivery}/replay", post(deliveries::replay))
        .route("/sandbox/fireWebhooks", post(practice::fire))
}

/// The webhook of this id, where it is of the key's widget; others are not there for it.
async fn find(app: &App, bearer: &SecretKeyBearer, id: &str) -> Result<Webhook, WebhookError> {
    let found = app.store.webhook(&WebhookId::new(id)).await?;
    found.filter(|webhook| webhook.widget == bearer.widget.id).ok_or(WebhookError::NoWebhook)
}
