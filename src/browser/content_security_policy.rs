//! The page's content security policy may drop a form without a word; only this event tells.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{SecurityPolicyViolationEvent, SecurityPolicyViolationEventDisposition};

use super::event_listener::EventListener;

/// Listens for a form that was dropped, until it is itself dropped.
#[inline(never)]
pub(crate) fn watch_blocked_forms(refused: impl Fn() + 'static) -> EventListener {
    EventListener::new(&document(), "securitypolicyviolation", move |event| {
        // A policy that only reports lets the form go.
        let dropped = event.dyn_ref::<SecurityPolicyViolationEvent>().is_some_and(|violation| {
            violation.effective_directive() == "form-action"
                && violation.disposition() == SecurityPolicyViolationEventDisposition::Enforce
        });
        if dropped {
            refused();
        }
    })
}
