//! The session call that the loader made before the engine was there (`npm/src/early-session.ts`), by the function that
//! `environment` brings: it is told what would be sent, and gives the answer of the same call if that was made: as it is, if
//! it has been read already, so that the list is the first thing that is drawn; else as a promise of it.

use std::cell::Cell;

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::AbortSignal;

use super::js_value;

/// What the loader has of the answer.
pub(crate) enum EarlyAnswer {
    /// All of it: an object with `ok`, `status` and, as text, `body`.
    Read { response: JsValue, body: String },
    /// The promise of a `Response`, or of as much of one as is read here.
    Coming(Promise),
}

/// The answer, until somebody has asked for it; none where the loader made no call.
pub(crate) struct EarlySession(Cell<Option<Function>>);

impl EarlySession {
    pub(crate) fn from_environment(environment: &JsValue) -> Self {
        Self(Cell::new(js_value::get(environment, "earlySession").dyn_into().ok()))
    }

    /// The answer to the very first request, if `wanted` is the one that was sent, letter by letter: address, headers and
    /// body, each on a line. The signal ends the call.
    pub(crate) fn take(&self, wanted: &str, signal: Option<&AbortSignal>) -> Option<EarlyAnswer> {
        let take = self.0.take()?;
        let given = take.call2(&JsValue::NULL, &wanted.into(), &JsValue::from(signal.cloned())).ok()?;
        if let Some(body) = js_value::get(&given, "body").as_string() {
            return Some(EarlyAnswer::Read { response: given, body });
        }
        // A page may have another `Promise` than the browser's own, of which `fetch` still makes its answers.
        given.is_object().then(|| EarlyAnswer::Coming(Promise::resolve(&given)))
    }
}
