//! The page's content security policy may drop a form without a word; only this event tells.

use std::fmt;

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::SecurityPolicyViolationEvent;

/// Listens for a form that was dropped, until it is itself dropped.
pub(crate) struct FormWatch {
    listener: Closure<dyn FnMut(SecurityPolicyViolationEvent)>,
}

const EVENT: &str = "securitypolicyviolation";

impl FormWatch {
    pub(crate) fn new(refused: impl Fn() + 'static) -> Self {
        let listener = Closure::new(move |event: SecurityPolicyViolationEvent| {
            if event.effective_directive() == "form-action" {
                refused();
            }
        });
        let added = document().add_event_listener_with_callback(EVENT, listener.as_ref().unchecked_ref());
        report(added);
        Self { listener }
    }
}

impl Drop for FormWatch {
    fn drop(&mut self) {
        report(document().remove_event_listener_with_callback(EVENT, self.listener.as_ref().unchecked_ref()));
    }
}

impl fmt::Debug for FormWatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("FormWatch")
    }
}

fn report(result: Result<(), wasm_bindgen::JsValue>) {
    if let Err(thrown) = result {
        super::console::error_value(EVENT, &thrown);
    }
}
