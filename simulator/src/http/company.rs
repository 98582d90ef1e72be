//! The one thing an access token is good for here: reading the name of the company that was connected (RFC 6750).

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{App, ForService};

pub(super) async fn company(State(app): State<App>, service: ForService, headers: HeaderMap) -> Response {
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(bearer);
    let Some(token) = token else { return unauthorized("Bearer") };
    let store = app.store();
    match store.grants.behind(&service.0.id, token, app.world().now()) {
        Some(approval) => {
            Json(json!({ "company": approval.company, "scope": approval.scope })).into_response()
        }
        None => unauthorized("Bearer error=\"invalid_token\""),
    }
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

fn unauthorized(challenge: &'static str) -> Response {
    (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, challenge)]).into_response()
}
