//! The revocation endpoint (RFC 7009).

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

use super::{
    app::App,
    client_auth::authenticate,
    extract::ForService,
    token::{error_response, read_form},
};
use crate::{
    oauth::OAuthError,
    store::{
        log::Event,
        tokens::{AuthenticatedClient, Revoked},
    },
};

pub(super) async fn revoke(
    State(app): State<App>,
    service: ForService,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut details = Vec::new();
    let answer = revoke_token(&app, &service.0.id, &headers, &body, &mut details);
    let outcome = match &answer {
        Ok(Revoked::Nothing) => "nothing to revoke",
        Ok(Revoked::AccessToken | Revoked::Grant) => "ok",
        Err(error) => error.code.as_str(),
    };
    match &answer {
        Ok(Revoked::AccessToken) => details.push(("revoked", "accessToken".to_owned())),
        Ok(Revoked::Grant) => details.push(("revoked", "grant".to_owned())),
        Ok(Revoked::Nothing) | Err(_) => {}
    }
    app.store().log.write(&service.0.id, app.clock().now(), Event::Revoke, outcome, details);
    match answer {
        Ok(_) => StatusCode::OK.into_response(),
        Err(error) => error_response(&error),
    }
}

fn revoke_token(
    app: &App,
    service: &str,
    headers: &HeaderMap,
    body: &[u8],
    details: &mut Vec<(&'static str, String)>,
) -> Result<Revoked, OAuthError> {
    let params = read_form(headers, body)?;
    let (client, _) = authenticate(headers, &params, app.clients())?;
    details.push(("clientId", client.id.clone()));
    let caller = AuthenticatedClient { service, client_id: &client.id };
    app.store().grants.tokens.revoke(caller, params.require("token")?)
}
