//! An event listener that is removed when it is dropped. It hears on the way down: what is kept from going up again
//! (`keyboard.rs`) is heard by the window all the same.

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
        let added =
            target.add_event_listener_with_callback_and_bool(event, callback.as_ref().unchecked_ref(), true);
        if let Err(thrown) = added {
            super::console::error_value(event, &thrown);
        }
        Self { target: target.clone(), event, callback }
    }
}

impl Drop for EventListener {
    fn drop(&mut self) {
        let callback = self.callback.as_ref().unchecked_ref();
        let removed = self.target.remove_event_listener_with_callback_and_bool(self.event, callback, true);
        if let Err(thrown) = removed {
            super::console::error_value(self.event, &thrown);
        }
    }
}

impl fmt::Debug for EventListener {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EventListener")
    }
}
