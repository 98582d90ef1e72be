//! Gives back grants that are not used: those that a newer one replaced, and those that were refused.
//!
//! Only where a revocation ends this grant and nothing else: at several services it would cut off the whole company, the
//! newest grant included. Nobody waits for it, and nothing depends on it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use oauth2::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use oauth2::http::{self, Request};
use secrecy::{ExposeSecret, SecretString};
use tokio_util::task::TaskTracker;
use url::Url;
use url::form_urlencoded::{Serializer, byte_serialize};

use super::exchange::Grant;
use super::transport::Transport;
use crate::app::App;
use crate::domain::company::Place;
use crate::domain::credential::StoredCredential;
use crate::providers::habits::Revocation;
use crate::providers::{ClientAuthentication, Service};
use crate::vault::Field;

/// Gives back a credential that is not used any more, at the place it was for.
pub(super) fn replaced(app: &App, service: &Service, older: Option<StoredCredential>, place: &Place) {
    let Some(older) = older.filter(|_| is_safe(service)) else { return };
    let Some(sealed) = older.credential.refresh.as_ref() else { return };
    let record = older.credential.connection.as_str();
    match app.vault.open(record, Field::RefreshToken, sealed) {
        Ok(token) => send(app, service, place, &token),
        Err(error) => tracing::warn!(connection = record, %error, "a replaced token cannot be given back"),
    }
}

/// Gives back a grant that was not wanted.
pub(super) fn unwanted(app: &App, service: &Service, grant: &Grant, place: &Place) {
    if let (true, Some(token)) = (is_safe(service), &grant.refresh) {
        send(app, service, place, token);
    }
}

fn is_safe(service: &Service) -> bool {
    service.addresses.revoke.is_some() && service.habits.revocation == Revocation::ThisGrant
}

fn send(app: &App, service: &Service, place: &Place, token: &SecretString) {
    let Some(Ok(url)) = service.addresses.revoke.as_ref().map(|revoke| revoke.at(place)) else { return };
    let request = match request(service, &url, token) {
        Ok(request) => request,
        Err(error) => {
            tracing::warn!(service = %service.id, %error, "a token cannot be given back");
            return;
        }
    };
    spawn(&app.finishing, app.transport.clone(), service.id.to_string(), request);
}

fn spawn(finishing: &TaskTracker, transport: Transport, service: String, request: Request<Vec<u8>>) {
    finishing.spawn(async move {
        match transport.send(request).await {
            Ok(answer) if answer.status().is_success() => tracing::debug!(service, "gave a token back"),
            Ok(answer) => {
                tracing::warn!(service, status = answer.status().as_u16(), "a token was not taken back");
            }
            Err(error) => tracing::warn!(service, %error, "a token was not taken back"),
        }
    });
}

/// RFC 7009 section 2.1, with the client's proof as at the token endpoint.
fn request(service: &Service, url: &Url, token: &SecretString) -> Result<Request<Vec<u8>>, http::Error> {
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
            let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
            let pair = format!("{}:{}", encoded(&client.id), encoded(client.secret.expose_secret()));
            let mut value = HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(pair)))?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
    }
    request.body(form.finish().into_bytes())
}
