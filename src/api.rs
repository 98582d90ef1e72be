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
pub(crate) fn send(runtime: &Rc<Runtime>, ticket: Ticket, token: Option<&AccessToken>, request: Request) {
    let http_request = http_request(runtime, token, &request);
    let (pending, sending) = PendingRequest::send(&runtime.transport, &runtime.early_session, http_request);
    runtime.disposables.pending.insert(ticket, Pending::Request(pending));
    let response = match sending {
        Sending::Answered(response) => return handle_response(runtime, ticket, request, Ok(response)),
        Sending::Waiting(response) => response,
    };
    let waiting = Rc::downgrade(runtime);
    spawn_local(async move {
        let response = response.await;
        if let Some(runtime) = waiting.upgrade() {
            handle_response(&runtime, ticket, request, response);
        }
    });
}

fn handle_response(
    runtime: &Rc<Runtime>,
    ticket: Ticket,
    request: Request,
    response: Result<HttpResponse, NoResponseError>,
) {
    let retry_after_ms = response.as_ref().ok().and_then(|response| response.retry_after_ms);
    let result = match response {
        Ok(response) => {
            if request.settles_connections() {
                runtime.callbacks.keep_accounts(&response.body);
            }
            read_answer(&request, response.ok, response.status, &response.body)
        }
        Err(NoResponseError) => Err(RequestError::Unreachable),
    };
    let pending = &runtime.disposables.pending;
    if pending.remove(ticket) {
        if result.as_ref().is_err_and(|error| request.is_kept_after(error)) {
            pending.insert(ticket, Pending::Kept(Box::new(request)));
            if let Some(after_ms) = retry_after_ms {
                runtime.dispatch(Event::RetryAfter { ticket, after_ms });
            }
        }
        runtime.dispatch(Event::Response { ticket, result });
    }
}

/// Sends a request once more that was refused for its token, or brought no answer.
#[inline(never)]
pub(crate) fn repeat(runtime: &Rc<Runtime>, ticket: Ticket, token: &AccessToken) {
    if let Some(Pending::Kept(request)) = runtime.disposables.pending.take(ticket) {
        send(runtime, ticket, Some(token), *request);
    }
}

/// Tells the server that nobody goes on with the session. The page may be going: the request outlives it. Whether it comes to
/// anything is nobody's concern, since a session that was not ended runs out.
pub(crate) fn end_session(runtime: &Runtime, token: &AccessToken) {
    let request = HttpRequest {
        method: Method::DELETE,
        url: path::absolute(&runtime.config.endpoint.url, "/widget/session"),
        headers: headers(Some(token)),
        body: None,
        timeout_ms: 0,
        keepalive: true,
    };
    let response = (runtime.transport)(request, None);
    spawn_local(async move { drop(response.await) });
}

fn http_request(runtime: &Runtime, token: Option<&AccessToken>, request: &Request) -> HttpRequest {
    let config = &runtime.config;
    let base = &config.endpoint.url;
    let (method, path, body, hold_ms) = match request {
        Request::Session { business_name, business_uuid, previous } => {
            let path = path::session(config, business_name.as_ref(), business_uuid.as_ref());
            let options = &runtime.options_for_server;
            (Method::POST, path, Some(body::session(config, previous.as_ref(), options)), 0)
        }
        Request::Address { service, integration, answer, target } => {
            let path = path::address(config, service, integration.as_ref(), answer.as_ref(), target);
            (Method::GET, path, None, 0)
        }
        Request::Updates { connection_id, attempt_id, wait_ms } => {
            let path = path::updates(connection_id, attempt_id.as_ref(), *wait_ms);
            (Method::GET, path, None, *wait_ms)
        }
        Request::SandboxLogin { url, use_case } => {
            (Method::POST, url.clone(), body::sandbox_login(*use_case), 0)
        }
        Request::Accounts { service } => (Method::GET, path::account(service), None, 0),
        Request::ChooseAccount { service, account_id, connection_id, web_services } => {
            let body = body::choice(account_id, connection_id, web_services);
            (Method::POST, path::choice(service), body, 0)
        }
        Request::Credentials { service, values } => {
            (Method::POST, path::account(service), body::credentials(values), CREDENTIALS_TIMEOUT_MS)
        }
        Request::LinkToken { connection_id } => {
            let body = body::link_token(config);
            (Method::POST, path::link_token(connection_id.as_ref()), body, 0)
        }
        Request::SetAccessToken { public_token } => {
            let body = body::of("publicToken", public_token.expose());
            (Method::POST, "/plaid/setAccessToken".to_owned(), body, 0)
        }
        Request::UpdateConnection { connection_id } => {
            let body = body::of("connectionId", connection_id.as_str());
            (Method::PATCH, "/plaid/updateConnection".to_owned(), body, 0)
        }
        Request::Status => (Method::GET, "/widget/status".to_owned(), None, 0),
        Request::ConnectionToken => (Method::POST, "/widget/connectionToken".to_owned(), None, 0),
    };
    HttpRequest {
        method,
        url: path::absolute(base, &path),
        headers: headers(token),
        body,
        timeout_ms: hold_ms + TIMEOUT_MS,
        keepalive: false,
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
