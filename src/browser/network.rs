//! Whether there is a network, as far as the browser knows (`navigator.onLine`), and whether somebody looks at the page again.
//! Timers of a page that nobody sees are slow, and those of a machine that slept have not run.

use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;

use super::event_listener::EventListener;
use super::js_value;

/// What changed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NetworkChange {
    /// There is a network again.
    Online,
    /// There is none any more.
    Offline,
    /// The page is looked at again.
    Seen,
}

/// Tells of each change until the listeners are dropped.
pub(crate) fn watch(tell: impl Fn(NetworkChange) + Clone + 'static) -> Vec<EventListener> {
    let [on, off, focused, shown] = [tell.clone(), tell.clone(), tell.clone(), tell];
    let page = JsValue::from(window());
    vec![
        EventListener::new(&window(), "online", move |_| on(NetworkChange::Online)),
        EventListener::new(&window(), "offline", move |_| off(NetworkChange::Offline)),
        // Of an element's focus the window hears too.
        EventListener::new(&window(), "focus", move |event| {
            if js_value::get(&event, "target") == page {
                focused(NetworkChange::Seen);
            }
        }),
        EventListener::new(&document(), "visibilitychange", move |_| {
            if js_value::get(&document(), "hidden").is_falsy() {
                shown(NetworkChange::Seen);
            }
        }),
    ]
}

/// Whether the browser says that there is none now.
pub(crate) fn is_offline() -> bool {
    js_value::get(&js_value::get(&window(), "navigator"), "onLine") == false
}
