//! Elements of one type. Leptos gives every combination of tag, attributes and children a type, and so machine code, of
//! its own; a widget that has to be small pays for each. Here a tag, its attributes and its children are data, and the
//! code to draw them exists once.

use leptos::html::{HtmlElement, custom};
use leptos::prelude::*;
use leptos::tachys::html::element::Custom;
use railz_connect_flow::event::UserEvent;

use super::attributes::{Attributes, EventHandler};
use super::send::Send;

/// An element being put together; [`Element::done`] makes it a view.
pub(crate) struct Element {
    tag: &'static str,
    attributes: Attributes,
    children: Vec<AnyView>,
}

/// Begins an element. The tag is written in capitals, as the browser gives it back: so Leptos recognises it when the
/// screen is drawn again.
pub(crate) fn element(tag: &'static str) -> Element {
    Element { tag, attributes: Attributes::default(), children: Vec::new() }
}

impl Element {
    pub(crate) fn class(self, class: &'static str) -> Self {
        self.attribute("class", class)
    }

    pub(crate) fn attribute(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.set(name, value.into());
        self
    }

    /// A picture or a decoration, of which a screen reader says nothing.
    pub(crate) fn hidden(self) -> Self {
        self.attribute("aria-hidden", "true")
    }

    /// What a click sends.
    pub(crate) fn on_click(mut self, send: Send, event: UserEvent) -> Self {
        self.attributes.listen(EventHandler::Click(send, event));
        self
    }

    /// What typing sends.
    pub(crate) fn on_input(mut self, send: Send, event: fn(String) -> UserEvent) -> Self {
        self.attributes.listen(EventHandler::Input(send, event));
        self
    }

    /// What sending the form sends.
    pub(crate) fn on_submit(mut self, send: Send) -> Self {
        self.attributes.listen(EventHandler::Submit(send));
        self
    }

    pub(crate) fn text(self, text: impl Into<String>) -> Self {
        self.child(text.into().into_any())
    }

    pub(crate) fn child(mut self, child: AnyView) -> Self {
        self.children.push(child);
        self
    }

    pub(crate) fn children(mut self, children: impl IntoIterator<Item = AnyView>) -> Self {
        self.children.extend(children);
        self
    }

    pub(crate) fn done(self) -> AnyView {
        let element: HtmlElement<Custom<&'static str>, (Attributes,), (Vec<AnyView>,)> =
            custom(self.tag).add_any_attr(self.attributes).child(self.children);
        element.into_any()
    }
}
