//! The back/forward cache: the browser may show a page again with everything as it was when it was left.

use leptos::prelude::window;

use super::event_listener::EventListener;
use super::js_value;

/// Listens for the page being shown again, until the listener is dropped.
pub(crate) fn watch_restored(restored: impl Fn() + 'static) -> EventListener {
    EventListener::new(&window(), "pageshow", move |event| {
        if js_value::get(&event, "persisted").is_truthy() {
            restored();
        }
    })
}
