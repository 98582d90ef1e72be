//! One HTTP request that is aborted when it is dropped, and when it takes longer than it may.

use std::fmt;

use gloo_net::http::{Method, RequestBuilder};
use web_sys::{AbortController, ReferrerPolicy, RequestCache, RequestCredentials};

use super::timer::Timer;

/// What to send.
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<String>,
    /// After which it counts as unanswered.
    pub(crate) patience_ms: u32,
}

/// What came back.
pub(crate) struct Incoming {
    pub(crate) ok: bool,
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// No answer came: no network, no server, no permission to read it, or no patience any more.
pub(crate) struct Unanswered;

/// A request under way.
pub(crate) struct PendingRequest {
    controller: Option<AbortController>,
    _patience: Option<Timer>,
}

impl PendingRequest {
    /// Sends the request. The future must be driven by the caller, and ends early when the value is dropped.
    pub(crate) fn send(outgoing: Outgoing) -> (Self, impl Future<Output = Result<Incoming, Unanswered>>) {
        let controller = AbortController::new().ok();
        let patience =
            controller.clone().map(|controller| Timer::new(outgoing.patience_ms, move || controller.abort()));
        let signal = controller.as_ref().map(AbortController::signal);
        let future = async move {
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
        };
        (Self { controller, _patience: patience }, future)
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
