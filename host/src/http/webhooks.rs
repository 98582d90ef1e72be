//! Where the Connect server posts what happened, and where the pages of this site ask what was told.

use std::sync::Arc;
use std::time::SystemTime;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::visitor::SignedIn;
use crate::received_webhooks::ReceivedEvent;
use crate::site::Site;
use crate::webhooks::verify;

/// Takes a delivery in: verified over its raw body before anything of it is read. One that came before is taken too, since it is
/// delivered at least once, and changes nothing.
pub async fn receive(State(site): State<Arc<Site>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let Some(back_end) = &site.back_end else { return StatusCode::NOT_FOUND };
    let Some(secret) = &back_end.webhook_secret else { return StatusCode::NOT_FOUND };
    let now = SystemTime::now();
    let id = match verify(secret, &headers, &body, now) {
        Ok(id) => id,
        Err(error) => {
            tracing::warn!("a webhook was refused: {error}");
            return StatusCode::UNAUTHORIZED;
        }
    };
    match serde_json::from_slice::<ReceivedEvent>(&body) {
        Ok(event) if event.id == id => {
            back_end.webhooks.take(event, now);
            StatusCode::NO_CONTENT
        }
        _ => StatusCode::BAD_REQUEST,
    }
}

/// What was told of the business of whoever is signed in, newest first.
pub async fn received(State(site): State<Arc<Site>>, signed_in: SignedIn) -> Response {
    let business = signed_in.visitor.business_uuid.as_deref().unwrap_or_default();
    match &site.back_end {
        Some(back_end) => {
            let told = Json(back_end.webhooks.of_business(business));
            ([(header::CACHE_CONTROL, "no-store")], told).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
