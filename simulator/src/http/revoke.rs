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
    let answer = ended(&app, &service.0.id, &headers, &body);
    let outcome = match &answer {
        Ok(Revoked::Nothing) => "nothing to revoke",
        Ok(Revoked::AccessToken | Revoked::Grant) => "ok",
        Err(error) => error.code.as_str(),
    };
    let details = match &answer {
        Ok(Revoked::AccessToken) => vec![("revoked", "accessToken".to_owned())],
        Ok(Revoked::Grant) => vec![("revoked", "grant".to_owned())],
        _ => Vec::new(),
    };
    app.store().log.write(&service.0.id, app.world().now(), Event::Revoke, outcome, details);
    match answer {
        Ok(_) => StatusCode::OK.into_response(),
        Err(error) => refusal(&error),
    }
}

fn ended(app: &App, service: &str, headers: &HeaderMap, body: &[u8]) -> Result<Revoked, OAuthError> {
    let params = form(headers, body)?;
    let (client, _) = authenticate(headers, &params, app.clients())?;
    let caller = Caller { service, client_id: &client.id };
    app.store().grants.revoke(caller, params.require("token")?)
}
