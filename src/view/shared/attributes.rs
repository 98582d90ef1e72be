//! An element's attributes and its one listener as data, for [`super::element`].
//!
//! Drawn again, they change what differs and nothing else; the listener stays, and only what it sends is replaced.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::Callable;
use leptos::tachys::html::attribute::{Attribute, NextAttribute};
use leptos::tachys::renderer::types;
use railz_connect_flow::event::UserEvent;

use super::send::Send;
use crate::browser::event_listener::EventListener;
use crate::browser::{click_count, console, form_data};

/// The attributes, in the order given, and what is listened to.
#[derive(Clone, Default)]
pub(crate) struct Attributes {
    named: Vec<(&'static str, String)>,
    handler: Option<EventHandler>,
}

/// What an element listens to, and what it sends.
#[derive(Clone)]
pub(crate) enum EventHandler {
    /// A press on a button or a link.
    Click(Send, UserEvent),
    /// Typing into a field; sends what stands in it.
    Input(Send, fn(String) -> UserEvent),
    /// A form being sent.
    Submit(Send),
}

/// What is on the element now.
pub(crate) struct RenderedAttributes {
    element: types::Element,
    named: Vec<(&'static str, String)>,
    handler: Rc<RefCell<Option<EventHandler>>>,
    listener: Option<(&'static str, EventListener)>,
}

impl Attributes {
    pub(crate) fn set(&mut self, name: &'static str, value: String) {
        self.named.push((name, value));
    }

    pub(crate) fn listen(&mut self, handler: EventHandler) {
        self.handler = Some(handler);
    }
}

impl EventHandler {
    fn event_name(&self) -> &'static str {
        match self {
            Self::Click(..) => "click",
            Self::Input(..) => "input",
            Self::Submit(_) => "submit",
        }
    }

    fn handle(&self, event: &web_sys::Event) {
        match self {
            // The second half of a double press would fall on what the first half has brought up.
            Self::Click(..) if click_count::is_second_click(event) => {}
            Self::Click(send, press) => send.run(press.clone()),
            Self::Input(send, typed) => send.run(typed(form_data::read_input(event))),
            Self::Submit(send) => {
                event.prevent_default();
                send.run(UserEvent::Submit(form_data::read_form(event)));
            }
        }
    }
}

impl RenderedAttributes {
    fn set_named(&mut self, named: Vec<(&'static str, String)>) {
        for (old, _) in &self.named {
            if !named.iter().any(|(new, _)| new == old) {
                report(self.element.remove_attribute(old));
            }
        }
        for pair in &named {
            if !self.named.contains(pair) {
                report(self.element.set_attribute(pair.0, &pair.1));
            }
        }
        self.named = named;
    }

    fn listen(&mut self, handler: Option<EventHandler>) {
        let event = handler.as_ref().map(EventHandler::event_name);
        *self.handler.borrow_mut() = handler;
        if self.listener.as_ref().map(|(event, _)| *event) != event {
            let handler = Rc::clone(&self.handler);
            let listen = |event| {
                EventListener::new(&self.element, event, move |event| {
                    // Cloned first: what follows may draw this element again and so replace the handler.
                    let handler = handler.borrow().clone();
                    if let Some(handler) = handler {
                        handler.handle(&event);
                    }
                })
            };
            self.listener = event.map(|event| (event, listen(event)));
        }
    }
}

fn report(result: Result<(), wasm_bindgen::JsValue>) {
    if let Err(thrown) = result {
        console::error_value("attribute", &thrown);
    }
}

impl NextAttribute for Attributes {
    type Output<NewAttr: Attribute> = (Self, NewAttr);

    fn add_any_attr<NewAttr: Attribute>(self, new_attr: NewAttr) -> Self::Output<NewAttr> {
        (self, new_attr)
    }
}

impl Attribute for Attributes {
    const MIN_LENGTH: usize = 0;

    type State = RenderedAttributes;
    type AsyncOutput = Self;
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn html_len(&self) -> usize {
        0
    }

    /// The widget is drawn in the browser only; a server has nothing to write.
    fn to_html(self, _: &mut String, _: &mut String, _: &mut String, _: &mut String) {}

    fn hydrate<const FROM_SERVER: bool>(self, element: &types::Element) -> Self::State {
        self.build(element)
    }

    fn build(self, element: &types::Element) -> Self::State {
        let handler = Rc::new(RefCell::new(None));
        let mut rendered =
            RenderedAttributes { element: element.clone(), named: Vec::new(), handler, listener: None };
        rendered.set_named(self.named);
        rendered.listen(self.handler);
        rendered
    }

    fn rebuild(self, rendered: &mut Self::State) {
        rendered.set_named(self.named);
        rendered.listen(self.handler);
    }

    fn into_cloneable(self) -> Self::Cloneable {
        self
    }

    fn into_cloneable_owned(self) -> Self::CloneableOwned {
        self
    }

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self::AsyncOutput {
        self
    }
}
