//! An element's attributes and its one listener as data, for [`super::element`].
//!
//! Drawn again, they change what differs and nothing else; the listener stays, and only what it sends is replaced.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::Callable;
use leptos::tachys::html::attribute::{Attribute, NextAttribute};
use leptos::tachys::renderer::types;
use railz_connect_flow::UserEvent;

use crate::browser::listener::Listener;
use crate::browser::{console, form_fields, pointer};
use crate::view::Send;

/// The attributes, in the order given, and what is listened to.
#[derive(Clone, Default)]
pub(crate) struct Attributes {
    named: Vec<(&'static str, String)>,
    heard: Option<Heard>,
}

/// What an element listens to, and what it sends.
#[derive(Clone)]
pub(crate) enum Heard {
    /// A press.
    Click(Send, UserEvent),
    /// Typing into a field; sends what stands in it.
    Input(Send, fn(String) -> UserEvent),
    /// A form being sent.
    Submit(Send),
}

/// What is on the element now.
pub(crate) struct Drawn {
    element: types::Element,
    named: Vec<(&'static str, String)>,
    heard: Rc<RefCell<Option<Heard>>>,
    listener: Option<(&'static str, Listener)>,
}

impl Attributes {
    pub(crate) fn set(&mut self, name: &'static str, value: String) {
        self.named.push((name, value));
    }

    pub(crate) fn listen(&mut self, heard: Heard) {
        self.heard = Some(heard);
    }
}

impl Heard {
    fn event(&self) -> &'static str {
        match self {
            Self::Click(..) => "click",
            Self::Input(..) => "input",
            Self::Submit(_) => "submit",
        }
    }

    fn happened(&self, event: &web_sys::Event) {
        match self {
            // The second half of a double press would fall on what the first half has brought up.
            Self::Click(..) if pointer::is_second_press(event) => {}
            Self::Click(send, press) => send.run(press.clone()),
            Self::Input(send, typed) => send.run(typed(form_fields::typed(event))),
            Self::Submit(send) => {
                event.prevent_default();
                send.run(UserEvent::Submit(form_fields::values(event)));
            }
        }
    }
}

impl Drawn {
    fn name(&mut self, named: Vec<(&'static str, String)>) {
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

    fn listen(&mut self, heard: Option<Heard>) {
        let event = heard.as_ref().map(Heard::event);
        *self.heard.borrow_mut() = heard;
        if self.listener.as_ref().map(|(event, _)| *event) != event {
            let heard = Rc::clone(&self.heard);
            let listen = |event| {
                Listener::new(&self.element, event, move |happened| {
                    // Cloned first: what follows may draw this element again and so replace what is heard.
                    let heard = heard.borrow().clone();
                    if let Some(heard) = heard {
                        heard.happened(&happened);
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

    type State = Drawn;
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
        let heard = Rc::new(RefCell::new(None));
        let mut drawn = Drawn { element: element.clone(), named: Vec::new(), heard, listener: None };
        drawn.name(self.named);
        drawn.listen(self.heard);
        drawn
    }

    fn rebuild(self, drawn: &mut Self::State) {
        drawn.name(self.named);
        drawn.listen(self.heard);
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
