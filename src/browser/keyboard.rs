//! Keys that are typed into a field of the widget. To the page they come from the element that holds the shadow root, which is
//! no field, so that its shortcuts would take them for presses of nobody in particular.

use wasm_bindgen::JsCast;
use web_sys::{Event, EventTarget, HtmlInputElement, HtmlSelectElement};

use super::event_listener::EventListener;
use super::js_value;

const KEY_EVENTS: [&str; 3] = ["keydown", "keypress", "keyup"];

/// Keeps them within the shadow root until it is dropped. Escape and Tab go on: the page may have put the widget into a dialog of
/// its own, which closes by one and holds the focus by the other.
pub(crate) fn keep_typing_inside(root: &EventTarget) -> Vec<EventListener> {
    // A loop: an array's `map` is a function of its own for each closure.
    let mut listeners = Vec::new();
    for event in KEY_EVENTS {
        listeners.push(EventListener::new(root, event, |event| keep(&event)));
    }
    listeners
}

fn keep(event: &Event) {
    let is_field = event.target().is_some_and(|target| {
        target.has_type::<HtmlInputElement>() || target.has_type::<HtmlSelectElement>()
    });
    let key = js_value::get(event, "key").as_string();
    if is_field && !matches!(key.as_deref(), Some("Escape" | "Tab")) {
        event.stop_propagation();
    }
}
