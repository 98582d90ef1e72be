//! One HTTP request that is aborted when it is dropped, and when it takes longer than it may.
//!
//! How it travels is a parameter: [`fetch`] in a page, an answer of their own in tests.

use std::fmt;
use std::pin::Pin;
use std::rc::Rc;

use gloo_net::http::{Method, RequestBuilder};
use web_sys::{AbortController, AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials};

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
}

/// No answer came: no network, no server, no permission to read it, or not in time.
#[derive(Clone, Copy, Debug)]
pub struct NoResponseError;

/// A response to come.
pub type ResponseFuture = Pin<Box<dyn Future<Output = Result<HttpResponse, NoResponseError>>>>;

/// How a request travels. The signal tells when nobody waits for the answer any more.
pub type Transport = Rc<dyn Fn(HttpRequest, Option<AbortSignal>) -> ResponseFuture>;

/// Through the browser's `fetch`: without cookies, cache or referrer.
pub(crate) fn fetch() -> Transport {
    Rc::new(|request, signal| Box::pin(send(request, signal)))
}

async fn send(request: HttpRequest, signal: Option<AbortSignal>) -> Result<HttpResponse, NoResponseError> {
    let mut builder = RequestBuilder::new(&request.url)
        .method(request.method)
        .abort_signal(signal.as_ref())
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer);
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let built = match request.body {
        Some(body) => builder.body(body),
        None => builder.build(),
    };
    let response = built.map_err(|_| NoResponseError)?.send().await.map_err(|_| NoResponseError)?;
    let body = response.text().await.map_err(|_| NoResponseError)?;
    Ok(HttpResponse { ok: response.ok(), status: response.status(), body })
}

/// A request under way.
pub(crate) struct PendingRequest {
    controller: Option<AbortController>,
    _timeout: Option<Timer>,
}

impl PendingRequest {
    /// Sends the request. The future must be driven by the caller, and ends early when the value is dropped.
    pub(crate) fn send(transport: &Transport, request: HttpRequest) -> (Self, ResponseFuture) {
        let controller = AbortController::new().ok();
        let timeout =
            controller.clone().map(|controller| Timer::new(request.timeout_ms, move || controller.abort()));
        let signal = controller.as_ref().map(AbortController::signal);
        let response = transport(request, signal);
        (Self { controller, _timeout: timeout }, response)
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
