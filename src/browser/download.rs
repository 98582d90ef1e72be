//! Having the browser save a text as a file: a link to a blob, which no content security policy forbids, pressed once.

use js_sys::Array;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlElement, Url};

use super::console;
use super::timer::Timer;

/// For how long the browser may take to begin; afterwards the blob is revoked.
const BLOB_LIFETIME_MS: u32 = 60_000;

/// The address of a blob, which is revoked when this is dropped.
struct BlobUrl(String);

impl Drop for BlobUrl {
    fn drop(&mut self) {
        if let Err(thrown) = Url::revoke_object_url(&self.0) {
            console::error_value("download", &thrown);
        }
    }
}

/// Hands the file to the browser. The timer takes the blob back when it fires, or is dropped (invariant 6).
#[inline(never)]
pub(crate) fn save(name: &str, text: &str) -> Option<Timer> {
    match click_link(name, text) {
        Ok(url) => Some(Timer::new(BLOB_LIFETIME_MS, move || drop(url))),
        Err(thrown) => {
            console::error_value("download", &thrown);
            None
        }
    }
}

fn click_link(name: &str, text: &str) -> Result<BlobUrl, JsValue> {
    let blob = Blob::new_with_str_sequence(&Array::of1(&text.into()))?;
    let url = BlobUrl(Url::create_object_url_with_blob(&blob)?);
    let link: HtmlElement = document().create_element("a")?.unchecked_into();
    link.set_attribute("href", &url.0)?;
    link.set_attribute("download", name)?;
    link.set_hidden(true);
    if let Some(body) = document().body() {
        body.append_child(&link)?;
    }
    link.click();
    link.remove();
    Ok(url)
}
