//! The developer's console.

use wasm_bindgen::JsValue;
use web_sys::console;

pub(crate) fn info(text: &str) {
    console::info_1(&text.into());
}

pub(crate) fn warn(text: &str) {
    console::warn_1(&text.into());
}

/// A message with the value that a host threw, as it is.
pub(crate) fn error_value(text: &str, value: &JsValue) {
    console::error_2(&text.into(), value);
}
