//! The token endpoint (RFC 6749, sections 3.2, 4.1.3, 5 and 6).

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

use super::{app::App, client_auth::authenticate, extra_fields, extract::ForService};
use crate::{
    oauth::{ErrorCode, OAuthError, Params},
    services::{Service, profiles},
    store::{
        log::Event,
        tokens::{AuthenticatedClient, Tokens},
    },
};

pub(super) async fn token(
    State(app): State<App>,
    service: ForService,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let params = read_form(&headers, &body);
    let event = match &params {
        Ok(params) if params.get("grant_type") == Ok(Some("refresh_token")) => Event::Refresh,
        _ => Event::Token,
    };
    let mut details = Vec::new();
    let answer = params.and_then(|params| grant(&app, &service.0.id, &headers, &params, &mut details));
    let outcome = answer.as_ref().err().map_or("ok", |error| error.code.as_str());
    app.store().log.write(&service.0.id, app.clock().now(), event, outcome, details);
    match answer {
        Err(error) => error_response(&error),
        Ok(tokens) => Json(build_answer(&app, &service.0, tokens)).into_response(),
    }
}

/// The token answer, with what this service says besides.
fn build_answer(app: &App, service: &Service, tokens: Tokens) -> Value {
    let profile = profiles::find(&service.id);
    let now = app.clock().now();
    let mut answer = Map::new();
    if let Some(approval) = app.store().grants.tokens.find_approval(&service.id, &tokens.access, now) {
        answer = extra_fields::build_token_fields(&profile, approval, &app.issuer(service), now);
    }
    answer.insert("access_token".to_owned(), tokens.access.into());
    answer.insert("token_type".to_owned(), "Bearer".into());
    answer.insert("scope".to_owned(), tokens.scope.into());
    if let Some(refresh) = tokens.refresh {
        answer.insert("refresh_token".to_owned(), refresh.into());
    }
    Value::Object(answer)
}

fn grant(
    app: &App,
    service: &str,
    headers: &HeaderMap,
    params: &Params,
    details: &mut Vec<(&'static str, String)>,
) -> Result<Tokens, OAuthError> {
    let (client, method) = authenticate(headers, params, app.clients())?;
    details.push(("clientId", client.id.clone()));
    details.push(("clientAuthentication", method.as_str().to_owned()));
    let caller = AuthenticatedClient { service, client_id: &client.id };
    let mut store = app.store();
    match params.require("grant_type")? {
        "authorization_code" => {
            let (code, redirect) = (params.require("code")?, params.get("redirect_uri")?);
            store.grants.exchange(caller, code, redirect, params.get("code_verifier")?, app.clock())
        }
        "refresh_token" => {
            let refresh = params.require("refresh_token")?;
            store.grants.tokens.refresh(caller, refresh, params.get("scope")?, app.clock())
        }
        _ => Err(OAuthError::new(
            ErrorCode::UnsupportedGrantType,
            "The grant_type must be authorization_code or refresh_token.",
        )),
    }
}

/// The parameters of a form body.
pub(super) fn read_form(headers: &HeaderMap, body: &[u8]) -> Result<Params, OAuthError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        Ok(Params::read(body))
    } else {
        let sentence = "The body must be of the type application/x-www-form-urlencoded.";
        Err(OAuthError::new(ErrorCode::InvalidRequest, sentence))
    }
}

/// An error answer (RFC 6749, section 5.2).
pub(super) fn error_response(error: &OAuthError) -> Response {
    let body = Json(json!({ "error": error.code.as_str(), "error_description": error.description }));
    match error.code {
        ErrorCode::InvalidClient => {
            let challenge = [(header::WWW_AUTHENTICATE, "Basic realm=\"practice provider\"")];
            (StatusCode::UNAUTHORIZED, challenge, body).into_response()
        }
        ErrorCode::ServerError => (StatusCode::INTERNAL_SERVER_ERROR, body).into_response(),
        _ => (StatusCode::BAD_REQUEST, body).into_response(),
    }
}
