//! The provider's token endpoint, and where tokens are given back. It checks what a real one checks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::behaviour::Behaviour;
use super::provider::Desk;

pub(super) async fn token(
    State(desk): State<Arc<Mutex<Desk>>>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let behaviour = desk.lock().unwrap().behaviour;
    let bad = behaviour.answer().await;
    if !known_client(&headers, &form) {
        return (StatusCode::UNAUTHORIZED, axum::Json(json!({"error": "invalid_client"}))).into_response();
    }
    let mut desk = desk.lock().unwrap();
    desk.asked.push(form.clone());
    if let Some(bad) = bad {
        return bad;
    }
    let refused = (StatusCode::BAD_REQUEST, axum::Json(json!({"error": "invalid_grant"}))).into_response();
    let good = match form["grant_type"].as_str() {
        "authorization_code" => {
            let verifier = form.get("code_verifier").map(String::as_str).unwrap_or_default();
            let hash = Sha256::digest(verifier.as_bytes());
            let answered = form.contains_key("code_verifier").then(|| URL_SAFE_NO_PAD.encode(hash));
            desk.challenges.remove(&form["code"]) == Some(answered.unwrap_or_default())
        }
        "refresh_token" => {
            let before = desk.refresh_tokens.len();
            desk.refresh_tokens.retain(|known| known != &form["refresh_token"]);
            desk.refresh_tokens.len() < before
        }
        _ => false,
    };
    if !good {
        return refused;
    }
    desk.count += 1;
    let refresh = format!("refresh-{}", desk.count);
    desk.refresh_tokens.push(refresh.clone());
    let mut answer = json!({
        "access_token": format!("access-{}", desk.count),
        "token_type": "bearer",
        "expires_in": 1800,
        "refresh_token": refresh,
    });
    let answer_fields = answer.as_object_mut().unwrap();
    for (field, value) in desk.extra.as_object().unwrap() {
        answer_fields.insert(field.clone(), value.clone());
    }
    match behaviour {
        Behaviour::LifetimeAsText => {
            answer["expires_in"] = Value::from("1800");
            answer.as_object_mut().unwrap().remove("token_type");
        }
        Behaviour::NoLifetime => drop(answer.as_object_mut().unwrap().remove("expires_in")),
        Behaviour::Lives(seconds) => answer["expires_in"] = seconds.into(),
        Behaviour::EmptyRefreshToken => answer["refresh_token"] = "".into(),
        Behaviour::NoRefreshToken => drop(answer.as_object_mut().unwrap().remove("refresh_token")),
        _ => {}
    }
    axum::Json(answer).into_response()
}

/// RFC 7009: whatever is given back is taken.
pub(super) async fn revoke(
    State(desk): State<Arc<Mutex<Desk>>>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> StatusCode {
    if !known_client(&headers, &form) {
        return StatusCode::UNAUTHORIZED;
    }
    desk.lock().unwrap().revoked.push(form["token"].clone());
    StatusCode::OK
}

/// Square's way: the access token in JSON, the secret in the header.
pub(super) async fn revoke_by_client(
    State(desk): State<Arc<Mutex<Desk>>>,
    headers: HeaderMap,
    axum::Json(body): axum::Json<Value>,
) -> StatusCode {
    if headers[header::AUTHORIZATION] != "Client harbour-secret" || body["client_id"] != "harbour" {
        return StatusCode::UNAUTHORIZED;
    }
    desk.lock().unwrap().revoked.push(body["access_token"].as_str().unwrap().to_owned());
    StatusCode::OK
}

/// Where a redirect leads: whoever follows it gets a token there.
pub(super) async fn elsewhere() -> Response {
    axum::Json(json!({"access_token": "from-elsewhere", "token_type": "bearer"})).into_response()
}

/// By header (RFC 6749 section 2.3.1) or by body, whichever this client is registered for.
fn known_client(headers: &HeaderMap, form: &HashMap<String, String>) -> bool {
    let basic = format!("Basic {}", STANDARD.encode("practice:practice-secret"));
    let by_header = headers.get(header::AUTHORIZATION).is_some_and(|value| value == basic.as_str());
    let by_body = form.get("client_id").is_some_and(|id| id == "harbour")
        && form.get("client_secret").is_some_and(|secret| secret == "harbour-secret");
    by_header || by_body
}
