//! What is drawn, as data of one type: an element with its attributes, what it listens to, and its children. Leptos' own
//! elements give every combination of these a type, and so machine code, of its own; a widget that has to be small pays
//! for each. [`super::rendered`] draws them.

use railz_connect_flow::event::UserEvent;

use super::event_handler::EventHandler;

/// What stands at one place among an element's children.
pub(crate) enum View {
    /// Keeps the place, so that what follows is drawn again as itself.
    Nothing,
    /// Words, never markup.
    Text(String),
    /// An element.
    Element(Element),
}

/// An element being put together; [`Element::done`] makes it a view. Behind a pointer, since it is handed on from call to
/// call.
pub(crate) struct Element(pub(super) Box<ElementParts>);

/// What an element consists of.
#[derive(Default)]
pub(crate) struct ElementParts {
    pub(super) tag: &'static str,
    /// None for HTML.
    pub(super) namespace: Option<&'static str>,
    /// What it is drawn for, where another element of its tag in its place must not go on as itself.
    pub(super) key: &'static str,
    /// In the order given.
    pub(super) attributes: Vec<(&'static str, String)>,
    pub(super) handler: Option<EventHandler>,
    pub(super) children: Vec<View>,
}

const SVG: &str = "http://www.w3.org/2000/svg";

/// Begins an element of HTML.
pub(crate) fn element(tag: &'static str) -> Element {
    Element(Box::new(ElementParts { tag, ..ElementParts::default() }))
}

/// Begins an element of SVG.
pub(crate) fn svg_element(tag: &'static str) -> Element {
    Element(Box::new(ElementParts { tag, namespace: Some(SVG), ..ElementParts::default() }))
}

impl Element {
    pub(crate) fn class(self, class: &'static str) -> Self {
        self.attribute("class", class)
    }

    pub(crate) fn attribute(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.0.attributes.push((name, value.into()));
        self
    }

    /// Drawn with another key it is another element: what was typed into it goes.
    pub(crate) fn key(mut self, key: &'static str) -> Self {
        self.0.key = key;
        self
    }

    /// A picture or a decoration, of which a screen reader says nothing.
    pub(crate) fn hidden(self) -> Self {
        self.attribute("aria-hidden", "true")
    }

    /// What a click sends.
    pub(crate) fn on_click(self, event: UserEvent) -> Self {
        self.on(EventHandler::Click(event))
    }

    /// What typing sends.
    pub(crate) fn on_input(self, event: fn(String) -> UserEvent) -> Self {
        self.on(EventHandler::Input(event))
    }

    /// Sending the form sends what was filled in.
    pub(crate) fn on_submit(self) -> Self {
        self.on(EventHandler::Submit)
    }

    pub(crate) fn text(self, text: impl Into<String>) -> Self {
        self.child(View::Text(text.into()))
    }

    pub(crate) fn child(mut self, child: View) -> Self {
        self.0.children.push(child);
        self
    }

    pub(crate) fn children(mut self, children: impl IntoIterator<Item = View>) -> Self {
        self.0.children.extend(children);
        self
    }

    pub(crate) fn done(self) -> View {
        View::Element(self)
    }

    fn on(mut self, handler: EventHandler) -> Self {
        self.0.handler = Some(handler);
        self
    }
}
