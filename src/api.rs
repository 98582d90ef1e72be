//! The server's endpoints as requests, and its answers as events. Requests are put together in `path` and `body`; answers go
//! through the browser's `JSON.parse` and are read property by property (`deserialize`), which costs fewer bytes than serde.

mod answer;
mod body;
mod deserialize;
mod path;

use std::rc::Rc;

use gloo_net::http::Method;
use railz_connect_contract::{AccessToken, VERSION, VERSION_HEADER};
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::RequestError;
use railz_connect_flow::{Event, Ticket};
use wasm_bindgen_futures::spawn_local;

use crate::browser::request::{HttpRequest, HttpResponse, NoResponseError, PendingRequest, Sending};
use crate::disposables::Pending;
use crate::runtime::Runtime;

pub use answer::read_answer;

/// After which an ordinary request counts as unanswered; a held one gets this on top of its hold.
const TIMEOUT_MS: u32 = 29_000;

/// How much longer a service may take to try credentials.
const CREDENTIALS_TIMEOUT_MS: u32 = 90_000;

/// Sends a request; its answer comes back as an event, unless the ticket is cancelled before.
pub(crate) fn send(runtime: &Rc<Runtime>, ticket: Ticket, request: Request) {
    let http_request = http_request(runtime, &request);
    let (pending, sending) = PendingRequest::send(&runtime.transport, &runtime.early_session, http_request);
    runtime.disposables.pending.insert(ticket, Pending::Request(pending));
    let response = match sending {
        Sending::Answered(response) => return handle_response(runtime, ticket, &request, Ok(response)),
        Sending::Waiting(response) => response,
    };
    let waiting = Rc::downgrade(runtime);
    spawn_local(async move {
        let response = response.await;
        if let Some(runtime) = waiting.upgrade() {
            handle_response(&runtime, ticket, &request, response);
        }
    });
}

fn handle_response(
    runtime: &Rc<Runtime>,
    ticket: Ticket,
    request: &Request,
    response: Result<HttpResponse, NoResponseError>,
) {
    let result = match response {
        Ok(response) => {
            if request.settles_connections() {
                runtime.callbacks.keep_accounts(&response.body);
            }
            read_answer(request, response.ok, response.status, &response.body)
        }
        Err(NoResponseError) => Err(RequestError::Unreachable),
    };
    if runtime.disposables.pending.remove(ticket) {
        runtime.dispatch(Event::Response { ticket, result });
    }
}

fn http_request(runtime: &Runtime, request: &Request) -> HttpRequest {
    let config = &runtime.config;
    let base = &config.endpoint.url;
    let (method, path, token, body, hold_ms) = match request {
        Request::Session { business_name, business_uuid } => {
            let path = path::session(config, business_name.as_ref(), business_uuid.as_ref());
            (Method::POST, path, None, Some(session_body(runtime)), 0)
        }
        Request::Address { token, service, integration, answer } => {
            let path = path::address(config, service, integration.as_ref(), answer.as_ref());
            (Method::GET, path, Some(token), None, 0)
        }
        Request::Updates { token, connection_id, attempt_id, wait_ms } => {
            let path = path::updates(connection_id, attempt_id.as_ref(), *wait_ms);
            (Method::GET, path, Some(token), None, *wait_ms)
        }
        Request::SandboxLogin { token, url, use_case } => {
            (Method::POST, url.clone(), Some(token), body::sandbox_login(*use_case), 0)
        }
        Request::Accounts { token, service } => (Method::GET, path::account(service), Some(token), None, 0),
        Request::ChooseAccount { token, service, account_id, connection_id, web_services } => {
            let body = body::choice(account_id, connection_id, web_services);
            (Method::POST, path::choice(service), Some(token), body, 0)
        }
        Request::Credentials { token, service, values } => (
            Method::POST,
            path::account(service),
            Some(token),
            body::credentials(values),
            CREDENTIALS_TIMEOUT_MS,
        ),
        Request::LinkToken { token, connection_id } => {
            let body = body::link_token(config);
            (Method::POST, path::link_token(connection_id.as_ref()), Some(token), body, 0)
        }
        Request::SetAccessToken { token, public_token } => {
            let body = body::of("publicToken", public_token.expose());
            (Method::POST, "/plaid/setAccessToken".to_owned(), Some(token), body, 0)
        }
        Request::UpdateConnection { token, connection_id } => {
            let body = body::of("connectionId", connection_id.as_str());
            (Method::PATCH, "/plaid/updateConnection".to_owned(), Some(token), body, 0)
        }
        Request::Status { token } => (Method::GET, "/widget/status".to_owned(), Some(token), None, 0),
    };
    HttpRequest {
        method,
        url: path::absolute(base, &path),
        headers: headers(token),
        body,
        timeout_ms: hold_ms + TIMEOUT_MS,
    }
}

fn headers(token: Option<&AccessToken>) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("content-type", "application/json".to_owned()),
        ("accept", "application/json".to_owned()),
        (VERSION_HEADER, VERSION.to_owned()),
    ];
    headers.extend(token.map(|token| ("authorization", ["Bearer ", token.expose()].concat())));
    headers
}

fn session_body(runtime: &Runtime) -> String {
    let options = &runtime.options_for_server;
    match &runtime.config.metadata {
        Some(metadata) => ["{\"metadata\":", &metadata.0, ",\"options\":", options, "}"].concat(),
        None => ["{\"options\":", options, "}"].concat(),
    }
}
