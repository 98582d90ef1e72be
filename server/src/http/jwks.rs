//! `GET /.well-known/jwks.json`: the public halves of the keys that sign (RFC 7517), for whoever checks what they signed.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::access::signing_key::Jwk;
use crate::access::signing_key_rotation::{self, SigningKeyError};
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

/// Public keys.
#[derive(Serialize, ToSchema)]
pub(super) struct JwkSet {
    #[schema(value_type = Vec<JwkItem>)]
    keys: Vec<Jwk>,
}

/// A public key (RFC 7517, RFC 8037), as [`Jwk`] travels.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the document's form of a type that knows nothing of documents")]
struct JwkItem {
    #[schema(example = "OKP")]
    kty: String,
    #[schema(example = "Ed25519")]
    crv: String,
    x: String,
    kid: String,
    #[schema(example = "EdDSA")]
    alg: String,
    #[schema(rename = "use", example = "sig")]
    usage: String,
}

/// Lists the keys, the next one included.
#[utoipa::path(
    get, path = "/.well-known/jwks.json", operation_id = "listSigningKeys", tag = "Signing keys",
    summary = "The public keys of connectionTokens (RFC 7517)",
    responses((status = 200, body = JwkSet, description = "The keys, the next one included")),
    security(()),
)]
pub(super) async fn list(State(app): State<Arc<App>>) -> Result<Response, JwksError> {
    let keys = signing_key_rotation::rotate(&app).await?.to_jwks();
    Ok(([(header::CACHE_CONTROL, KEPT)], Json(JwkSet { keys })).into_response())
}
