//! What is drawn of a view. Drawn again it changes what differs and nothing else, so a field keeps its focus and what was
//! typed. Leptos' renderer makes and moves the nodes; its reactive runtime is not used (docs/adr/0003-no-signals.md).

use leptos::tachys::renderer::{Rndr, types};
use leptos::tachys::view::{Mountable, Render};
use wasm_bindgen::JsCast;

use super::element::{Element, ElementParts, View};
use super::event_handler::{Listener, Send};

/// A view, and where its events go.
pub(crate) struct Interactive(pub(crate) View, pub(crate) Send);

/// What is drawn of a [`View`].
pub(crate) enum Rendered {
    Nothing,
    Text(types::Text, String),
    Element(Box<RenderedElement>),
}

/// What is drawn of an [`Element`].
pub(crate) struct RenderedElement {
    node: types::Element,
    tag: &'static str,
    key: &'static str,
    attributes: Vec<(&'static str, String)>,
    listener: Listener,
    children: Vec<Rendered>,
}

impl Render for Interactive {
    type State = Rendered;

    fn build(self) -> Rendered {
        build(self.0, &self.1)
    }

    fn rebuild(self, rendered: &mut Rendered) {
        let Self(view, send) = self;
        let place = rendered.node().and_then(Rndr::get_parent).zip(rendered.node().cloned());
        if let Some((parent, node)) = place {
            rendered.update(view, parent.unchecked_ref(), Rndr::next_sibling(&node).as_ref(), &send);
        }
    }
}

fn build(view: View, send: &Send) -> Rendered {
    match view {
        View::Nothing => Rendered::Nothing,
        View::Text(text) => Rendered::Text(Rndr::create_text_node(&text), text),
        View::Element(Element(parts)) => {
            let mut element = RenderedElement {
                node: Rndr::create_element(parts.tag, parts.namespace),
                tag: parts.tag,
                key: parts.key,
                attributes: Vec::new(),
                listener: Listener::default(),
                children: Vec::new(),
            };
            element.update(*parts, send);
            Rendered::Element(Box::new(element))
        }
    }
}

impl Rendered {
    fn node(&self) -> Option<&types::Node> {
        match self {
            Self::Nothing => None,
            Self::Text(node, _) => Some(node),
            Self::Element(element) => Some(&element.node),
        }
    }

    fn update(&mut self, view: View, parent: &types::Element, next: Option<&types::Node>, send: &Send) {
        match (&mut *self, view) {
            (Self::Nothing, View::Nothing) => {}
            (Self::Text(node, old), View::Text(new)) => {
                if *old != new {
                    Rndr::set_text(node, &new);
                    *old = new;
                }
            }
            (Self::Element(old), View::Element(new)) if old.tag == new.0.tag && old.key == new.0.key => {
                old.update(*new.0, send);
            }
            (_, view) => {
                self.unmount();
                *self = build(view, send);
                self.mount(parent, next);
            }
        }
    }
}

impl RenderedElement {
    fn update(&mut self, parts: ElementParts, send: &Send) {
        self.set_attributes(parts.attributes);
        self.listener.set(&self.node, parts.handler, send);
        self.set_children(parts.children, send);
    }

    fn set_attributes(&mut self, attributes: Vec<(&'static str, String)>) {
        for (old, _) in &self.attributes {
            if !attributes.iter().any(|(new, _)| new == old) {
                Rndr::remove_attribute(&self.node, old);
            }
        }
        for attribute in &attributes {
            if !self.attributes.contains(attribute) {
                Rndr::set_attribute(&self.node, attribute.0, &attribute.1);
            }
        }
        self.attributes = attributes;
    }

    /// Place by place. Those that stand already are taken from the last to the first: so what a new one goes in front of is
    /// known. What comes behind them is added in its order: a list selects the first option that it gets.
    fn set_children(&mut self, views: Vec<View>, send: &Send) {
        while self.children.len() > views.len() {
            if let Some(mut surplus) = self.children.pop() {
                surplus.unmount();
            }
        }
        let mut views = views.into_iter();
        let standing: Vec<_> = views.by_ref().take(self.children.len()).collect();
        let mut next: Option<types::Node> = None;
        for (child, view) in self.children.iter_mut().zip(standing).rev() {
            child.update(view, &self.node, next.as_ref(), send);
            next = child.node().cloned().or(next);
        }
        for view in views {
            let mut child = build(view, send);
            child.mount(&self.node, None);
            self.children.push(child);
        }
    }
}

impl Mountable for Rendered {
    fn unmount(&mut self) {
        if let Some(node) = self.node() {
            Rndr::remove(node);
        }
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        if let Some(node) = self.node() {
            Rndr::insert_node(parent, node, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(node) = self.node() else { return false };
        let Some(parent) = Rndr::get_parent(node) else { return false };
        child.mount(parent.unchecked_ref(), Some(node));
        true
    }

    fn elements(&self) -> Vec<types::Element> {
        match self {
            Self::Element(element) => vec![element.node.clone()],
            Self::Nothing | Self::Text(..) => Vec::new(),
        }
    }
}
