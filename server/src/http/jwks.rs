//! `GET /.well-known/jwks.json`: the public halves of the keys that sign (RFC 7517), for whoever checks what they signed.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::access::rotation::{self, SigningKeyError};
use crate::access::signing_key::Jwk;
use crate::app::App;

/// For how long the set may be kept: far shorter than a key is published before it signs.
const KEPT: &str = "public, max-age=3600";

/// Why there is no set.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(super) struct JwksError(#[from] SigningKeyError);

impl ErrorResponse for JwksError {
    fn status(&self) -> StatusCode {
        StatusCode::INTERNAL_SERVER_ERROR
    }

    fn message(&self) -> String {
        OUR_FAULT.to_owned()
    }
}

respond_with_error!(JwksError);

#[derive(Serialize)]
struct JwkSet {
    keys: Vec<Jwk>,
}

/// Lists the keys, the next one included.
pub(super) async fn list(State(app): State<Arc<App>>) -> Result<Response, JwksError> {
    let keys = rotation::rotate(&app).await?.to_jwks();
    Ok(([(header::CACHE_CONTROL, KEPT)], Json(JwkSet { keys })).into_response())
}
