//! The element and the open shadow root that the widget lives in, with its one adopted stylesheet.
//!
//! An adopted stylesheet needs no permission of a content security policy; a `<style>` element or attribute would.

use js_sys::{Array, Reflect};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

/// The id that hosts of Railz Connect know.
const BASE_ID: &str = "railz-connect-base";

const STYLE: &str = include_str!("../../style/widget.css");

/// The widget's element in the page.
#[derive(Clone, Debug)]
pub(crate) struct ShadowHost {
    base: HtmlElement,
    shadow: ShadowRoot,
}

impl ShadowHost {
    /// Appends the element to `parent`, whose own children stay.
    ///
    /// # Errors
    /// Whatever the browser throws; nothing is left behind then.
    pub(crate) fn attach(parent: &HtmlElement) -> Result<Self, JsValue> {
        let document = document();
        let base: HtmlElement = document.create_element("div")?.unchecked_into();
        if document.get_element_by_id(BASE_ID).is_none() {
            base.set_id(BASE_ID);
        }
        base.set_attribute("data-railz-connect", env!("CARGO_PKG_VERSION"))?;
        let shadow = base.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))?;
        let sheet = CssStyleSheet::new()?;
        sheet.replace_sync(STYLE)?;
        Reflect::set(&shadow, &"adoptedStyleSheets".into(), &Array::of1(&sheet))?;
        parent.append_child(&base)?;
        Ok(Self { base, shadow })
    }

    /// What Leptos mounts into: it asks for an element, and only uses what every node has.
    pub(crate) fn as_mount_point(&self) -> Element {
        self.shadow.clone().unchecked_into()
    }

    pub(crate) fn query(&self, selector: &str) -> Option<Element> {
        self.shadow.query_selector(selector).ok().flatten()
    }

    pub(crate) fn is_host(&self, element: &Element) -> bool {
        let base: &Element = &self.base;
        base == element
    }

    /// Takes the element off the page.
    pub(crate) fn remove(&self) {
        self.base.remove();
    }
}
