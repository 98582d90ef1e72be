//! The page itself: shown again from the browser's memory, with everything as it was when it was left.

use leptos::prelude::window;

use super::json;
use super::listener::Listener;

/// Listens for the page being shown again, until the listener is dropped.
pub(crate) fn watch_restored(restored: impl Fn() + 'static) -> Listener {
    Listener::new(&window(), "pageshow", move |event| {
        if json::get(&event, "persisted").is_truthy() {
            restored();
        }
    })
}
