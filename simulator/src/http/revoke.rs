//! The revocation endpoint (RFC 7009).

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

use super::{
    App, ForService,
    client_auth::authenticate,
    token::{form, refusal},
};
use crate::{
    oauth::OAuthError,
    store::{
        grants::{Caller, Revoked},
        log::Event,
    },
};

pub(super) async fn revoke(
    State(app): State<App>,
    service: ForService,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut details = Vec::new();
    let answer = ended(&app, &service.0.id, &headers, &body, &mut details);
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
    app.store().log.write(&service.0.id, app.world().now(), Event::Revoke, outcome, details);
    match answer {
        Ok(_) => StatusCode::OK.into_response(),
        Err(error) => refusal(&error),
    }
}

fn ended(
    app: &App,
    service: &str,
    headers: &HeaderMap,
    body: &[u8],
    details: &mut Vec<(&'static str, String)>,
) -> Result<Revoked, OAuthError> {
    let params = form(headers, body)?;
    let (client, _) = authenticate(headers, &params, app.clients())?;
    details.push(("clientId", client.id.clone()));
    let caller = Caller { service, client_id: &client.id };
    app.store().grants.revoke(caller, params.require("token")?)
}
