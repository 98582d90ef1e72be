//! The clipboard, which browsers open in the press that asked for it, in pages that may use it at all.

use js_sys::{Function, Promise};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::js_value;

/// Puts a text into the clipboard, and says whether that was done.
#[inline(never)]
pub(crate) fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    let writing = write(text);
    spawn_local(async move {
        let written = match writing {
            Some(promise) => JsFuture::from(promise).await.is_ok(),
            None => false,
        };
        done(written);
    });
}

/// None where the page has no clipboard: it is not secure, or forbids it.
fn write(text: &str) -> Option<Promise> {
    let clipboard = js_value::get(&js_value::get(&window(), "navigator"), "clipboard");
    let write: Function = js_value::get(&clipboard, "writeText").dyn_into().ok()?;
    let promise: JsValue = write.call1(&clipboard, &text.into()).ok()?;
    Some(Promise::resolve(&promise))
}
