//! JSON by the browser's own parser and writer, so that none travels in the engine.

use js_sys::JSON;
use wasm_bindgen::JsValue;

/// The value as JSON; none if JSON cannot express it.
pub(crate) fn stringify(value: &JsValue) -> Option<String> {
    JSON::stringify(value).ok().and_then(|text| JsValue::from(text).as_string())
}

/// The value of a JSON text, or `null` for a text that is no JSON.
pub(crate) fn parse(text: &str) -> JsValue {
    JSON::parse(text).unwrap_or(JsValue::NULL)
}
