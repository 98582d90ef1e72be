//! The authorisation endpoint (RFC 6749, section 3.1) and the consent page.
//!
//! The endpoint keeps the request and redirects to the page, so that the page's address carries nothing but an id and
//! can be reloaded with or without the opener header.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

use super::{
    app::App,
    extract::{ForService, Query},
    person,
    response::{see_other, with_opener_policy},
};
use crate::{
    oauth::{
        Params,
        request::{AuthorizationRequest, AuthorizationRequestError},
    },
    pages,
    services::Service,
    store::{
        log::Event,
        requests::{OpenerPolicy, Pending},
    },
};

pub(super) async fn by_query(State(app): State<App>, service: ForService, query: Query) -> Response {
    authorize(&app, &service.0, &Params::read(query.0.as_bytes()))
}

pub(super) async fn by_form(State(app): State<App>, service: ForService, body: Bytes) -> Response {
    authorize(&app, &service.0, &Params::read(&body))
}

fn authorize(app: &App, service: &Service, params: &Params) -> Response {
    let now = app.clock().now();
    let opener = match read_opener_policy(params) {
        Ok(opener) => opener.unwrap_or_default(),
        Err(sentence) => return pages::refused(service, &sentence),
    };
    let mut store = app.store();
    match AuthorizationRequest::read(params, app.clients(), &app.issuer(service)) {
        Err(AuthorizationRequestError::OnPage(error)) => {
            store.log.write(&service.id, now, Event::Authorise, error.code.as_str(), []);
            pages::refused(service, &error.description)
        }
        Err(AuthorizationRequestError::ByRedirect(target, error)) => {
            store.log.write(&service.id, now, Event::Authorise, error.code.as_str(), []);
            see_other(target.with_error(&error).as_str())
        }
        Ok(request) => {
            let details = details(&request);
            match store.requests.open(&service.id, request, opener, app.clock()) {
                Ok(id) => {
                    store.log.write(&service.id, now, Event::Authorise, "asked", details);
                    with_opener_policy(see_other(&format!("/{}/consent?request={id}", service.id)), opener)
                }
                Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
            }
        }
    }
}

fn details(request: &AuthorizationRequest) -> Vec<(&'static str, String)> {
    vec![
        ("clientId", request.client_id.clone()),
        ("scope", request.scope.clone()),
        ("redirectUri", request.target.uri.to_string()),
        ("pkce", if request.challenge.is_some() { "S256" } else { "none" }.to_owned()),
    ]
}

pub(super) async fn consent(
    State(app): State<App>,
    service: ForService,
    query: Query,
    headers: HeaderMap,
) -> Response {
    let params = Params::read(query.0.as_bytes());
    let asked = match read_opener_policy(&params) {
        Ok(asked) => asked,
        Err(sentence) => return pages::refused(&service.0, &sentence),
    };
    let id = params.get("request").ok().flatten().unwrap_or_default();
    let mut store = app.store();
    match store.requests.find(&service.0.id, id, app.clock().now()) {
        None => pages::gone(&service.0),
        Some(pending) => {
            pending.opener = asked.unwrap_or(pending.opener);
            person::keep_signed_in(draw(&service.0, id, pending), &headers)
        }
    }
}

fn draw(service: &Service, id: &str, pending: &Pending) -> Response {
    with_opener_policy(pages::consent(service, id, pending), pending.opener)
}

/// The opener policy that an address asks for: `coop=off`, or `coop=` with the header's value.
fn read_opener_policy(params: &Params) -> Result<Option<OpenerPolicy>, String> {
    let asked = params.get("coop").map_err(|error| error.description)?;
    let unknown =
        "The parameter coop must be off, same-origin, same-origin-allow-popups or noopener-allow-popups.";
    asked.map(|value| OpenerPolicy::read(value).ok_or_else(|| unknown.to_owned())).transpose()
}
