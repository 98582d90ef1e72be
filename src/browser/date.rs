//! Dates for people, as the browser writes them.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

/// A moment (RFC 3339) as a date in a language; none if it is no moment.
pub(crate) fn format(moment: &str, language: &str) -> Option<String> {
    let date = Date::new(&JsValue::from_str(moment));
    if date.get_time().is_nan() {
        return None;
    }
    let style = Object::new();
    if let Err(thrown) = Reflect::set(&style, &"dateStyle".into(), &"long".into()) {
        super::console::error_value("date", &thrown);
    }
    Some(date.to_locale_date_string(language, &style).into())
}
