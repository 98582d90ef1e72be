//! URLs through the browser's own parser, which costs no bytes.

use leptos::prelude::document;
use railz_connect_flow::config::trim_address;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Url;

/// The address resolved against the page's base; none if it is none.
pub(crate) fn resolve(written: &str) -> Option<String> {
    let base = document().base_uri().ok().flatten()?;
    Url::new_with_base(trim_address(written), &base).ok().map(|url| url.href())
}

/// Scheme, host and port of an absolute address; none if it is none.
pub(crate) fn origin(address: &str) -> Option<String> {
    Url::new(address).ok().map(|url| url.origin())
}

/// The text of a `URL` object, which hosts give as readily as a text.
pub(crate) fn href_of(value: &JsValue) -> Option<String> {
    value.dyn_ref::<Url>().map(Url::href)
}

/// A text for the query string.
pub(crate) fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// An address without its query, and the query's fields.
pub(crate) fn split_query(url: &str) -> (String, Vec<(String, String)>) {
    let Ok(url) = Url::new(url) else { return (url.to_owned(), Vec::new()) };
    let mut fields = Vec::new();
    for pair in url.search_params().entries().into_iter().flatten() {
        let pair = js_sys::Array::from(&pair);
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            fields.push((name, value));
        }
    }
    url.set_search("");
    (url.href(), fields)
}
