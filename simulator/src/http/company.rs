//! What an access token is good for at every service: reading the name of the company that was connected (RFC 6750).

use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{app::App, extract::ForService};
use crate::{
    services::Service,
    store::{Store, approval::Approval},
};

pub(super) async fn company(State(app): State<App>, service: ForService, headers: HeaderMap) -> Response {
    let store = app.store();
    match find_approval(&app, &store, &service.0, &headers) {
        Some(approval) => {
            Json(json!({ "company": approval.company, "scope": approval.scope })).into_response()
        }
        None if headers.contains_key(header::AUTHORIZATION) => unauthorized("Bearer error=\"invalid_token\""),
        None => unauthorized("Bearer"),
    }
}

/// The approval behind the token of a request, if it is good at this service.
pub(super) fn find_approval<'a>(
    app: &App,
    store: &'a Store,
    service: &Service,
    headers: &HeaderMap,
) -> Option<&'a Approval> {
    let token = bearer(service, headers)?;
    store.grants.tokens.find_approval(&service.id, token, app.clock().now())
}

/// The service in the path, of a request that brings a good access token of it; any other request is refused.
pub(super) struct AuthorizedService(pub Service);

impl FromRequestParts<App> for AuthorizedService {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let ForService(service) = ForService::from_request_parts(parts, app).await?;
        let is_good = find_approval(app, &app.store(), &service, &parts.headers).is_some();
        if is_good { Ok(Self(service)) } else { Err(unauthorized("Bearer error=\"invalid_token\"")) }
    }
}

/// The access token that a request brings, good or not.
pub(super) fn bearer<'h>(service: &Service, headers: &'h HeaderMap) -> Option<&'h str> {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    match (service.id.as_str(), text("x-shopify-access-token")) {
        ("shopify", Some(token)) => Some(token),
        _ => token(&service.id, text(header::AUTHORIZATION.as_str())?),
    }
}

/// The token behind the word that this service wants in front of it.
fn token<'a>(service: &str, header: &'a str) -> Option<&'a str> {
    let (scheme, token) = header.split_once(' ')?;
    let zoho = service == "zohoBooks" && scheme.eq_ignore_ascii_case("Zoho-oauthtoken");
    (zoho || scheme.eq_ignore_ascii_case("bearer")).then_some(token)
}

pub(super) fn unauthorized(challenge: &'static str) -> Response {
    (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, challenge)]).into_response()
}
