//! A practice NetSuite: `/netsuite/{account}/services/rest/record/v1/metadata-catalog` behind token-based authentication.
//!
//! Signatures are really verified (RFC 5849, HMAC-SHA256), nonces are good once, the realm must be the account. Good is
//! the pair `practice-token`/`practice-token-secret`; the token `limited-token` (same secret) has a role without REST
//! web services; the accounts `html`, `redirect`, `slow` and `huge` misbehave as they are called.

mod verify;

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use serde_json::json;

/// The consumer key and secret that the practice account knows an integration by.
pub const CONSUMER: (&str, &str) = ("practice", "practice-secret");
/// The secret of both tokens.
pub const TOKEN_SECRET: &str = "practice-token-secret";
/// A token whose role may do what is asked.
pub const TOKEN: &str = "practice-token";
/// A token whose role may not use REST web services.
pub const LIMITED_TOKEN: &str = "limited-token";

const PATH: &str = "/netsuite/{account}/services/rest/record/v1/metadata-catalog";

#[derive(Clone, Default)]
struct Nonces(Arc<Mutex<HashSet<String>>>);

/// The practice accounts, below `/netsuite`.
pub fn router() -> Router {
    Router::new().route(PATH, get(catalog)).with_state(Nonces::default())
}

async fn catalog(
    State(nonces): State<Nonces>,
    Path(account): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    match account.as_str() {
        "html" => return (StatusCode::BAD_GATEWAY, Html("<h1>Down for maintenance</h1>")).into_response(),
        "redirect" => {
            return Redirect::temporary("/netsuite/1/services/rest/record/v1/metadata-catalog")
                .into_response();
        }
        "slow" => tokio::time::sleep(Duration::from_secs(30)).await,
        "huge" => return "x".repeat(4_000_000).into_response(),
        _ => {}
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let address = format!("http://{host}{}", uri.path());
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some(signed) = verify::verify_header(given, "GET", &address, CONSUMER, TOKEN_SECRET) else {
        return refused();
    };
    let fresh = nonces.0.lock().unwrap_or_else(PoisonError::into_inner).insert(signed.nonce);
    if !fresh || signed.realm != account.replace('-', "_").to_uppercase() {
        return refused();
    }
    match signed.token.as_str() {
        TOKEN => Json(json!({ "items": [{ "name": "customer" }, { "name": "invoice" }] })).into_response(),
        LIMITED_TOKEN => problem(StatusCode::FORBIDDEN, "INSUFFICIENT_PERMISSION", "Permission Violation"),
        _ => refused(),
    }
}

fn refused() -> Response {
    problem(StatusCode::UNAUTHORIZED, "INVALID_LOGIN", "Invalid login attempt.")
}

fn problem(status: StatusCode, code: &str, detail: &str) -> Response {
    let details = json!([{ "detail": detail, "o:errorCode": code }]);
    let body =
        json!({ "title": status.canonical_reason(), "status": status.as_u16(), "o:errorDetails": details });
    (status, Json(body)).into_response()
}
