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
pub struct Outgoing {
    /// The HTTP method.
    pub method: Method,
    /// The absolute address.
    pub url: String,
    /// The headers, the bearer token among them.
    pub headers: Vec<(&'static str, String)>,
    /// The body, if there is one.
    pub body: Option<String>,
    /// After how many milliseconds it counts as unanswered.
    pub patience_ms: u32,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Whether the HTTP status is a success.
    pub ok: bool,
    /// The HTTP status.
    pub status: u16,
    /// The body as text.
    pub body: String,
}

/// No answer came: no network, no server, no permission to read it, or no patience any more.
#[derive(Clone, Copy, Debug)]
pub struct Unanswered;

/// An answer to come.
pub type Answering = Pin<Box<dyn Future<Output = Result<Incoming, Unanswered>>>>;

/// How a request travels. The signal tells when nobody waits for the answer any more.
pub type Transport = Rc<dyn Fn(Outgoing, Option<AbortSignal>) -> Answering>;

/// Through the browser's `fetch`: without cookies, cache or referrer.
pub(crate) fn fetch() -> Transport {
    Rc::new(|outgoing, signal| Box::pin(send(outgoing, signal)))
}

async fn send(outgoing: Outgoing, signal: Option<AbortSignal>) -> Result<Incoming, Unanswered> {
    let mut builder = RequestBuilder::new(&outgoing.url)
        .method(outgoing.method)
        .abort_signal(signal.as_ref())
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer);
    for (name, value) in &outgoing.headers {
        builder = builder.header(name, value);
    }
    let request = match outgoing.body {
        Some(body) => builder.body(body),
        None => builder.build(),
    };
    let response = request.map_err(|_| Unanswered)?.send().await.map_err(|_| Unanswered)?;
    let body = response.text().await.map_err(|_| Unanswered)?;
    Ok(Incoming { ok: response.ok(), status: response.status(), body })
}

/// A request under way.
pub(crate) struct PendingRequest {
    controller: Option<AbortController>,
    _patience: Option<Timer>,
}

impl PendingRequest {
    /// Sends the request. The future must be driven by the caller, and ends early when the value is dropped.
    pub(crate) fn send(transport: &Transport, outgoing: Outgoing) -> (Self, Answering) {
        let controller = AbortController::new().ok();
        let patience =
            controller.clone().map(|controller| Timer::new(outgoing.patience_ms, move || controller.abort()));
        let signal = controller.as_ref().map(AbortController::signal);
        let answering = transport(outgoing, signal);
        (Self { controller, _patience: patience }, answering)
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
