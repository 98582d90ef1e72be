//! The element and the open shadow root that the widget lives in, with its adopted stylesheet, and a second one behind it
//! where the host gives a theme. `build.rs` says where the stylesheets come from.
//!
//! An adopted stylesheet needs no permission of a content security policy; a `<style>` element or attribute would.

use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, Node, ShadowRoot, ShadowRootInit, ShadowRootMode};

use super::css::Rules;
use super::stylesheet;

/// The id that hosts of Railz Connect know.
const BASE_ID: &str = "railz-connect-base";

/// One stylesheet. The order of the rules counts for the narrow and the wide layout at the end of `widget.css`.
#[cfg(not(feature = "gallery"))]
const STYLE: &str = concat!(
    include_str!(concat!(env!("STYLE"), "/progress.css")),
    include_str!(concat!(env!("STYLE"), "/widget.css")),
    include_str!(concat!(env!("STYLE"), "/skeleton.css")),
    include_str!(concat!(env!("STYLE"), "/theme.css")),
);

/// The same, with the rules that otherwise travel with the forms.
#[cfg(feature = "gallery")]
const STYLE: &str = concat!(
    include_str!(concat!(env!("STYLE"), "/progress.css")),
    include_str!(concat!(env!("STYLE"), "/widget.css")),
    include_str!(concat!(env!("STYLE"), "/skeleton.css")),
    include_str!(concat!(env!("STYLE"), "/theme.css")),
    include_str!(concat!(env!("STYLE"), "/forms.css")),
);

/// The widget's element in the page.
#[derive(Clone, Debug)]
pub(crate) struct ShadowHost {
    base: HtmlElement,
    shadow: ShadowRoot,
}

impl ShadowHost {
    /// Appends the element to `parent`, whose own children stay. `modal` if that is a dialog, which has the border.
    ///
    /// # Errors
    /// Whatever the browser throws; nothing is left behind then.
    pub(crate) fn attach(parent: &HtmlElement, modal: bool) -> Result<Self, JsValue> {
        // The parent may stand in another frame, whose document takes no stylesheet made here.
        let document = parent.owner_document().unwrap_or_else(document);
        let base: HtmlElement = document.create_element("div")?.unchecked_into();
        if document.get_element_by_id(BASE_ID).is_none() {
            base.set_id(BASE_ID);
        }
        base.set_attribute("data-railz-connect", env!("CARGO_PKG_VERSION"))?;
        if modal {
            base.set_attribute("data-modal", "")?;
        }
        let shadow = base.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))?;
        stylesheet::adopt(&document, &shadow, STYLE)?;
        let ruler = document.create_element("canvas")?;
        ruler.set_class_name("ruler");
        ruler.set_attribute("aria-hidden", "true")?;
        shadow.append_child(&ruler)?;
        // Many pages hide what is empty (`div:empty`), and to them a shadow root is nothing.
        base.set_text_content(Some("\u{200b}"));
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

    /// Whether this is the widget's element or one around it. To its page a focus within the widget rests on the outermost
    /// element that hides a shadow root, which may be one of the host's own.
    pub(crate) fn is_within(&self, element: &Element) -> bool {
        let mut node: Node = self.base.clone().into();
        loop {
            if &node == element.as_ref() {
                return true;
            }
            let around = node.parent_node().or_else(|| Some(node.dyn_ref::<ShadowRoot>()?.host().into()));
            let Some(around) = around else { return false };
            node = around;
        }
    }

    /// Adopts a second stylesheet in the place of an earlier second one, after its rules have been set.
    ///
    /// # Errors
    /// Whatever the browser throws.
    pub(crate) fn adopt_theme(&self, rules: &str, set: impl FnOnce(&Rules)) -> Result<(), JsValue> {
        let document = self.base.owner_document().unwrap_or_else(document);
        let sheet = stylesheet::make(&document, rules)?;
        let rules = Rules(sheet);
        set(&rules);
        stylesheet::adopt_second(&self.shadow, &rules.0)
    }

    /// Whether the element is on a page, in whatever shadow root.
    pub(crate) fn is_connected(&self) -> bool {
        self.base.is_connected()
    }

    /// Takes the element off the page.
    pub(crate) fn remove(&self) {
        self.base.remove();
    }
}
