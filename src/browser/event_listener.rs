//! An event listener that is removed when it is dropped.

use std::fmt;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// A listener on one target for one event.
pub(crate) struct EventListener {
    target: EventTarget,
    event: &'static str,
    callback: Closure<dyn FnMut(Event)>,
}

impl EventListener {
    pub(crate) fn new(
        target: &EventTarget,
        event: &'static str,
        on_event: impl FnMut(Event) + 'static,
    ) -> Self {
        let callback = Closure::new(on_event);
        let added = target.add_event_listener_with_callback(event, callback.as_ref().unchecked_ref());
        if let Err(thrown) = added {
            super::console::error_value(event, &thrown);
        }
        Self { target: target.clone(), event, callback }
    }
}

impl Drop for EventListener {
    fn drop(&mut self) {
        let callback = self.callback.as_ref().unchecked_ref();
        if let Err(thrown) = self.target.remove_event_listener_with_callback(self.event, callback) {
            super::console::error_value(self.event, &thrown);
        }
    }
}

impl fmt::Debug for EventListener {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EventListener")
    }
}
