//! The page's content security policy may drop a form without a word; only this event tells.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::SecurityPolicyViolationEvent;

use super::listener::Listener;

/// Listens for a form that was dropped, until it is itself dropped.
pub(crate) fn watch_forms(refused: impl Fn() + 'static) -> Listener {
    Listener::new(&document(), "securitypolicyviolation", move |event| {
        let directive = event
            .dyn_ref::<SecurityPolicyViolationEvent>()
            .map(SecurityPolicyViolationEvent::effective_directive);
        if directive.as_deref() == Some("form-action") {
            refused();
        }
    })
}
