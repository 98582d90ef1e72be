//! What the sign-in window shows until it leaves: DOM nodes, and a stylesheet of the window's own realm.
//!
//! The window inherits the page's content security policy, which may forbid styles in markup; a sheet made in another
//! realm than the document's is refused by the browser.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Window};

use super::stylesheet;

const STYLE: &str = include_str!(concat!(env!("STYLE"), "/loading-page.css"));

/// Writes the page. A window that cannot be written to stays empty, which harms nothing.
pub(crate) fn write(window: &Window, title: &str, message: &str) {
    // A window got back may be at another site, where asking for its document throws.
    let Ok(document) = Reflect::get(window, &"document".into()) else { return };
    if document.is_falsy() {
        return;
    }
    // Unchecked, since a document of another window is no instance of this window's `Document`.
    let document: Document = document.unchecked_into();
    document.set_title(title);
    if let Err(thrown) =
        fill(&document, message).and_then(|()| stylesheet::adopt(&document, &document, STYLE))
    {
        super::console::error_value("loading page", &thrown);
    }
}

fn fill(document: &Document, message: &str) -> Result<(), JsValue> {
    let Some(body) = document.body() else { return Ok(()) };
    if let Some(root) = document.document_element() {
        root.set_attribute("lang", crate::text::LANGUAGE)?;
    }
    let main = document.create_element("main")?;
    let ring = document.create_element("div")?;
    ring.set_class_name("ring");
    let text = document.create_element("h1")?;
    text.set_text_content(Some(message));
    main.append_child(&ring)?;
    main.append_child(&text)?;
    body.append_child(&main)?;
    Ok(())
}
