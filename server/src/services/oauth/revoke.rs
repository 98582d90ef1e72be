//! Gives back grants that are not used: those that a newer one replaced, and those that were refused.
//!
//! Only where a revocation ends this grant and nothing else: at several services it would cut off the whole company, the
//! newest grant included. Nobody waits for it, and nothing depends on it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use oauth2::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use oauth2::http::{self, Request};
use railz_connect_contract::ConnectionId;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use tokio_util::task::TaskTracker;
use url::Url;
use url::form_urlencoded::{Serializer, byte_serialize};

use super::requests;
use super::token_endpoint::Tokens;
use crate::app::App;
use crate::domain::company::AddressVariables;
use crate::domain::credential::StoredCredential;
use crate::services::http_client::HttpClient;
use crate::services::oauth::profile::{Revocation, RevocationRequest};
use crate::services::oauth::service::{ClientAuthentication, Service};
use crate::services::revocation_outcome::RevocationOutcome;
use crate::store::StoreError;
use crate::vault::Field;

/// Gives back a credential that is not used any more, at the address it was for. `newer` is what took its place: some
/// services give the same token again.
pub(super) fn revoke_replaced(
    app: &App,
    service: &Service,
    older: Option<StoredCredential>,
    newer: Option<&Tokens>,
    variables: &AddressVariables,
) {
    let Some(older) = older.filter(|_| service.profile.revocation == Revocation::ThisGrant) else { return };
    let still_used = newer.and_then(|newer| token_to_revoke(service, newer)).map(ExposeSecret::expose_secret);
    match open_token(app, service, &older) {
        Some(token) if still_used == Some(token.expose_secret()) => {}
        Some(token) => send(app, service, variables, &token),
        None => {}
    }
}

/// Gives back a credential whose company nobody chose in time.
pub(in crate::services) fn revoke_unchosen(
    app: &App,
    service: &Service,
    credential: StoredCredential,
    variables: &AddressVariables,
) {
    revoke_replaced(app, service, Some(credential), None, variables);
}

/// Gives back the grant of a connection that was ended; its credential is not stored any more. Where that would end more
/// than this grant, only if no connection to this service holds a credential.
pub(in crate::services) async fn revoke_ended(
    app: &App,
    service: &Service,
    credential: &StoredCredential,
    variables: &AddressVariables,
) -> Result<RevocationOutcome, StoreError> {
    let Some(token) = open_token(app, service, credential).filter(|_| service.addresses.revoke.is_some())
    else {
        return Ok(RevocationOutcome::NotOffered);
    };
    let ends_others = service.profile.revocation == Revocation::WholeAccess;
    if ends_others && app.store.has_credential_of(&service.id).await? {
        return Ok(RevocationOutcome::Withheld);
    }
    send(app, service, variables, &token);
    Ok(RevocationOutcome::Requested)
}

/// Gives back a grant that was not wanted for this connection. Where that would end more than this grant, only if there
/// is nothing more: no connection to this service holds a credential.
pub(super) async fn revoke_unwanted(
    app: &App,
    service: &Service,
    connection: &ConnectionId,
    grant: &Tokens,
    variables: &AddressVariables,
) {
    let Some(token) = token_to_revoke(service, grant) else { return };
    let safe = match service.profile.revocation {
        Revocation::ThisGrant => app.store.credential(connection).await.map(|stored| {
            let current = stored.and_then(|stored| open_token(app, service, &stored));
            current.is_none_or(|current| current.expose_secret() != token.expose_secret())
        }),
        Revocation::WholeAccess => app.store.has_credential_of(&service.id).await.map(|any| !any),
    };
    match safe {
        Ok(true) => send(app, service, variables, token),
        Ok(false) => {}
        Err(error) => tracing::warn!(service = %service.id, %error, "an unwanted token is not given back"),
    }
}

/// The token with which a stored credential is given back, opened.
fn open_token(app: &App, service: &Service, stored: &StoredCredential) -> Option<SecretString> {
    let record = stored.credential.connection.as_str();
    let (field, sealed) = match service.profile.revocation_request {
        RevocationRequest::Standard => (Field::RefreshToken, stored.credential.refresh.as_ref()?),
        RevocationRequest::ClientHeader => (Field::AccessToken, &stored.credential.access),
    };
    match app.vault.open(record, field, sealed) {
        Ok(token) => Some(token),
        Err(error) => {
            tracing::warn!(connection = record, %error, "a token cannot be given back");
            None
        }
    }
}

/// The token with which a grant is given back.
fn token_to_revoke<'g>(service: &Service, grant: &'g Tokens) -> Option<&'g SecretString> {
    match service.profile.revocation_request {
        RevocationRequest::Standard => grant.refresh.as_ref(),
        RevocationRequest::ClientHeader => Some(&grant.access),
    }
}

fn send(app: &App, service: &Service, variables: &AddressVariables, token: &SecretString) {
    let Some(Ok(url)) = service.addresses.revoke.as_ref().map(|revoke| revoke.at(variables)) else { return };
    let request = match service.profile.revocation_request {
        RevocationRequest::Standard => standard_request(service, &url, token),
        RevocationRequest::ClientHeader => client_header_request(service, &url, token),
    };
    let request = match request {
        Ok(request) => request,
        Err(error) => {
            tracing::warn!(service = %service.id, %error, "a token cannot be given back");
            return;
        }
    };
    spawn(&app.finishing, app.http_client.clone(), service.id.to_string(), request);
}

fn spawn(finishing: &TaskTracker, client: HttpClient, service: String, request: Request<Vec<u8>>) {
    finishing.spawn(async move {
        match requests::send(&client, request).await {
            Ok(answer) if answer.status.is_success() => tracing::debug!(service, "gave a token back"),
            Ok(answer) => {
                tracing::warn!(service, status = answer.status.as_u16(), "a token was not taken back");
            }
            Err(error) => tracing::warn!(service, %error, "a token was not taken back"),
        }
    });
}

/// RFC 7009 section 2.1, with the client's proof as at the token endpoint.
fn standard_request(
    service: &Service,
    url: &Url,
    token: &SecretString,
) -> Result<Request<Vec<u8>>, http::Error> {
    let client = &service.client;
    let mut form = Serializer::new(String::new());
    form.append_pair("token", token.expose_secret()).append_pair("token_type_hint", "refresh_token");
    let mut request = Request::post(url.as_str()).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    match client.authentication {
        ClientAuthentication::Post => {
            form.append_pair("client_id", &client.id);
            form.append_pair("client_secret", client.secret.expose_secret());
        }
        ClientAuthentication::Basic => {
            let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
            let pair = format!("{}:{}", encode(&client.id), encode(client.secret.expose_secret()));
            let mut value = HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(pair)))?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
    }
    request.body(form.finish().into_bytes())
}

/// Square, *Revoke token*: <https://developer.squareup.com/reference/square/o-auth-api/revoke-token>
fn client_header_request(
    service: &Service,
    url: &Url,
    token: &SecretString,
) -> Result<Request<Vec<u8>>, http::Error> {
    let client = &service.client;
    let mut value = HeaderValue::from_str(&format!("Client {}", client.secret.expose_secret()))?;
    value.set_sensitive(true);
    let body = json!({ "client_id": client.id, "access_token": token.expose_secret() });
    Request::post(url.as_str())
        .header(CONTENT_TYPE, "application/json")
        .header(AUTHORIZATION, value)
        .body(body.to_string().into_bytes())
}
