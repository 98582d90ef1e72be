//! `POST /sandbox/fireWebhooks`: one event of each kind, about a business and a connection that are played, so that a back end
//! can practise without signing in anywhere.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::SecretKeyBearer;
use super::error::WebhookError;
use crate::app::App;
use crate::domain::secret_key::Scope;
use crate::domain::webhook::EventId;
use crate::domain::widget::Mode;
use crate::http::v2::openapi::schemas::{ErrorAnswer, EventWord};

/// What was fired.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct FiredEvents {
    data: Vec<FiredEvent>,
}

#[derive(Serialize, ToSchema)]
struct FiredEvent {
    #[schema(value_type = String)]
    id: EventId,
    #[schema(value_type = EventWord)]
    event: &'static str,
}

/// Fires one of each.
#[utoipa::path(
    post, path = "/sandbox/fireWebhooks", operation_id = "fireWebhooks", tag = "Webhooks",
    summary = "Fires one event of each kind, in a sandbox widget",
    responses(
        (status = 202, body = FiredEvents, description = "What was fired"),
        (status = 409, body = ErrorAnswer, description = "The widget has no webhook to be told"),
    ),
    security(("secretKey" = ["write"])),
)]
pub(super) async fn fire(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
) -> Result<(StatusCode, Json<FiredEvents>), WebhookError> {
    bearer.require(Scope::Write)?;
    if bearer.widget.mode != Mode::Sandbox {
        return Err(WebhookError::NoSandbox);
    }
    let fired = app.store.record_practice_events(&bearer.widget.id, app.now()).await?;
    if fired.is_empty() {
        return Err(WebhookError::NobodyToTell);
    }
    app.delivered.notify_one();
    let data = fired.into_iter().map(|(id, kind)| FiredEvent { id, event: kind.word() }).collect();
    Ok((StatusCode::ACCEPTED, Json(FiredEvents { data })))
}
