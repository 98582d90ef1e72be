//! One HTTP request that is aborted when it is dropped, and when it takes longer than it may.
//!
//! How it travels is a parameter: [`fetch`] in a page, an answer of their own in tests.

use std::fmt;
use std::pin::Pin;
use std::rc::Rc;

use gloo_net::http::{Method, RequestBuilder};
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, ReferrerPolicy, Request, RequestCache, RequestCredentials, Response,
};

use super::early_session::{EarlyAnswer, EarlySession};
use super::js_value;
use super::timer::Timer;

/// What to send.
#[derive(Clone, Debug)]
pub struct HttpRequest {
    /// The HTTP method.
    pub method: Method,
    /// Where it goes, as an absolute URL.
    pub url: String,
    /// The headers, the bearer token among them.
    pub headers: Vec<(&'static str, String)>,
    /// The body, if there is one.
    pub body: Option<String>,
    /// After how many milliseconds it counts as unanswered.
    pub timeout_ms: u32,
    /// Whether it travels on when the page is left.
    pub keepalive: bool,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct HttpResponse {
    /// Whether the HTTP status is a success.
    pub ok: bool,
    /// The HTTP status.
    pub status: u16,
    /// The body as text.
    pub body: String,
    /// After how many milliseconds to ask again (`Retry-After` in seconds), where the server lets a page read that.
    pub retry_after_ms: Option<u32>,
}

/// No answer came: no network, no server, no permission to read it, or not in time.
#[derive(Clone, Copy, Debug)]
pub struct NoResponseError;

/// A response to come.
pub type ResponseFuture = Pin<Box<dyn Future<Output = Result<HttpResponse, NoResponseError>>>>;

/// How a request travels. The signal tells when nobody waits for the answer any more.
pub type Transport = Rc<dyn Fn(HttpRequest, Option<AbortSignal>) -> ResponseFuture>;

/// What becomes of a request that was sent.
pub(crate) enum Sending {
    /// The loader had the answer already.
    Answered(HttpResponse),
    /// The answer is to come.
    Waiting(ResponseFuture),
}

/// Through the browser's `fetch`: without cookies, cache or referrer.
pub(crate) fn fetch() -> Transport {
    Rc::new(|request, signal| Box::pin(read(send(request, signal.as_ref()))))
}

/// Address, headers and body, each on a line.
fn write_out(request: &HttpRequest) -> String {
    let mut lines = request.url.clone();
    for (name, value) in &request.headers {
        lines = [&lines, "\n", *name, ": ", value].concat();
    }
    [&lines, "\n", request.body.as_deref().unwrap_or_default()].concat()
}

/// The answer to come, with what has to live until it is there: `WebKitGTK` sends an aborted request on whose `Request` was
/// collected as garbage.
type Sent = (Promise, Option<Request>);

fn send(request: HttpRequest, signal: Option<&AbortSignal>) -> Option<Sent> {
    let mut builder = RequestBuilder::new(&request.url)
        .method(request.method)
        .abort_signal(signal)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer);
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let more = js_value::object(&[("keepalive", request.keepalive.into())]);
    let built = match request.body {
        Some(body) => builder.body(body),
        None => builder.build(),
    };
    let request: Request = built.ok()?.into();
    let window = web_sys::window()?;
    // The page may have put a function of its own in the place of `fetch`: one that throws must not end the engine.
    let fetch: Function = js_value::get(&window, "fetch").dyn_into().ok()?;
    let response = fetch.call2(&window, &request, &more).ok()?;
    Some((Promise::resolve(&response), Some(request)))
}

async fn read(sent: Option<Sent>) -> Result<HttpResponse, NoResponseError> {
    let (response, request) = sent.ok_or(NoResponseError)?;
    let response = JsFuture::from(response).await.map_err(|_| NoResponseError)?;
    let response: Response = response.unchecked_into();
    // The page's own `fetch` may answer with what only looks like a response.
    let text: Function = js_value::get(&response, "text").dyn_into().map_err(|_| NoResponseError)?;
    let text: JsValue = text.call0(&response).map_err(|_| NoResponseError)?;
    let body = JsFuture::from(Promise::resolve(&text)).await;
    drop(request);
    let body = body.ok().and_then(|body| body.as_string()).ok_or(NoResponseError)?;
    Ok(describe(&response, body))
}

fn describe(response: &Response, body: String) -> HttpResponse {
    let retry_after = response.headers().get("retry-after").ok().flatten();
    let retry_after_ms = retry_after.and_then(|seconds| seconds.parse::<u32>().ok()?.checked_mul(1000));
    HttpResponse { ok: response.ok(), status: response.status(), body, retry_after_ms }
}

/// A request under way.
pub(crate) struct PendingRequest {
    controller: Option<AbortController>,
    _timeout: Option<Timer>,
}

impl PendingRequest {
    /// Sends the request, unless `early` has made it. The future must be driven by the caller, and ends early when the value
    /// is dropped.
    pub(crate) fn send(transport: &Transport, early: &EarlySession, request: HttpRequest) -> (Self, Sending) {
        let controller = AbortController::new().ok();
        let timeout =
            controller.clone().map(|controller| Timer::new(request.timeout_ms, move || controller.abort()));
        let signal = controller.as_ref().map(AbortController::signal);
        let sending = match early.take(&write_out(&request), signal.as_ref()) {
            Some(EarlyAnswer::Read { response, body }) => {
                Sending::Answered(describe(response.unchecked_ref(), body))
            }
            Some(EarlyAnswer::Coming(response)) => Sending::Waiting(Box::pin(read(Some((response, None))))),
            None => Sending::Waiting(transport(request, signal)),
        };
        (Self { controller, _timeout: timeout }, sending)
    }
}

impl Drop for PendingRequest {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

impl fmt::Debug for PendingRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PendingRequest")
    }
}
