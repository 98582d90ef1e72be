//! What an element listens to as data, and the listener itself. Drawn again, the listener stays and only what it sends is
//! replaced.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::tachys::renderer::types::Element;
use railz_connect_flow::event::UserEvent;

use crate::browser::event_listener::EventListener;
use crate::browser::{click_count, form_data};

/// Where what a person did goes.
pub(crate) type Send = Rc<dyn Fn(UserEvent)>;

/// What an element listens to, and what it sends.
#[derive(Clone)]
pub(crate) enum EventHandler {
    /// A press on a button or a link.
    Click(UserEvent),
    /// Typing into a field; sends what stands in it.
    Input(fn(String) -> UserEvent),
    /// A form being sent.
    Submit,
}

impl EventHandler {
    fn event_name(&self) -> &'static str {
        match self {
            Self::Click(_) => "click",
            Self::Input(_) => "input",
            Self::Submit => "submit",
        }
    }

    fn handle(self, event: &web_sys::Event, send: &Send) {
        match self {
            // The second half of a double press would fall on what the first half has brought up.
            Self::Click(_) if click_count::is_second_click(event) => {}
            Self::Click(press) => send(press),
            Self::Input(typed) => send(typed(form_data::read_input(event))),
            Self::Submit => {
                event.prevent_default();
                send(UserEvent::Submit(form_data::read_form(event)));
            }
        }
    }
}

/// The one listener of an element, where it has one.
#[derive(Default)]
pub(super) struct Listener {
    handler: Rc<RefCell<Option<EventHandler>>>,
    listening: Option<(&'static str, EventListener)>,
}

impl Listener {
    /// Takes the handler of the newest drawing.
    pub(super) fn set(&mut self, element: &Element, handler: Option<EventHandler>, send: &Send) {
        let event = handler.as_ref().map(EventHandler::event_name);
        *self.handler.borrow_mut() = handler;
        if self.listening.as_ref().map(|(event, _)| *event) != event {
            self.listening = event.map(|event| (event, self.listen(element, event, send)));
        }
    }

    fn listen(&self, element: &Element, event: &'static str, send: &Send) -> EventListener {
        let (handler, send) = (Rc::clone(&self.handler), Rc::clone(send));
        EventListener::new(element, event, move |event| {
            // Cloned first: what follows may draw this element again and so replace the handler.
            let handler = handler.borrow().clone();
            if let Some(handler) = handler {
                handler.handle(&event, &send);
            }
        })
    }
}
