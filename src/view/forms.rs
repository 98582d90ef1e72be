//! The screens of services that people connect by what they type, or by a file they take to another program. How they look
//! and what they say travels when it is needed (`npm/on-demand/forms.js`): given what the flow knows of a screen, it
//! answers with elements as data. Until it is here the screen before it stays; where it cannot be had, that is said.

use std::cell::{Cell, OnceCell, RefCell};
use std::fmt;

use js_sys::{Function, Object};
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::field::Field;
use railz_connect_flow::guide::Guide;
use railz_connect_flow::screen::{ConnectorScreen, FieldsScreen, ServiceLabel};
use railz_connect_flow::state::{ConnectorNotice, CredentialsError};
use wasm_bindgen::{JsCast, JsValue};

use super::shared::{
    element::{Element, View, element, svg_element},
    screen,
};
use super::{ended, waiting};
use crate::browser::console;
use crate::browser::js_value::{get, items, keys, set, set_text};
use crate::text::{Word, describe_voice, fill_service, say, service_label};

/// What of a widget's forms has travelled already.
pub(crate) struct Forms {
    /// The widget's shadow root, which adopts the forms' stylesheet.
    root: JsValue,
    draw: OnceCell<Function>,
    steps: RefCell<JsValue>,
    /// Whether another screen stands where a form should.
    missed: Cell<bool>,
}

impl fmt::Debug for Forms {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Forms")
    }
}

impl Forms {
    /// Nothing yet.
    pub(crate) fn new(root: JsValue) -> Self {
        Self { root, draw: OnceCell::new(), steps: RefCell::default(), missed: Cell::new(false) }
    }

    /// Whether they can be drawn.
    pub(crate) fn are_here(&self) -> bool {
        self.draw.get().is_some()
    }

    /// Whether another screen stands where a form should: it goes when the form comes, and with it the focus.
    pub(crate) fn are_missed(&self) -> bool {
        self.missed.get()
    }

    /// A screen is drawn, which may be another one than a form.
    pub(super) fn forget_missed(&self) {
        self.missed.set(false);
    }

    /// Takes the module that draws them, where it does.
    pub(crate) fn put_module(&self, module: &JsValue) {
        if let Ok(draw) = get(module, "draw").dyn_into() {
            // A second one is the same as the first.
            drop(self.draw.set(draw));
        }
    }

    /// Takes the instructions of the service that the next forms are about.
    pub(crate) fn put_steps(&self, steps: JsValue) {
        self.steps.replace(steps);
    }

    /// What an object of the screen's own leads to, drawn by the module.
    fn draw(&self, name: &'static str, service: &ServiceLabel, guide: Guide, about: &Object) -> View {
        self.missed.set(!self.are_here());
        let Some(draw) = self.draw.get() else {
            return if guide == Guide::Missing {
                ended::draw_not_loaded("notLoaded", service, UserEvent::LoadGuide)
            } else {
                waiting::draw_opening("opening", service)
            };
        };
        let state = match guide {
            Guide::Loading(_) => "loading",
            Guide::Ready => "ready",
            Guide::Missing => "missing",
        };
        describe_voice(about);
        set_text(about, "name", name);
        set_text(about, "id", service.name.as_str());
        set_text(about, "service", &service_label(service));
        set_text(about, "guide", state);
        set(about, "steps", &self.steps.borrow());
        set_text(about, "again", &say(Word::TryAgain));
        set_text(about, "back", &say(Word::Back));
        // A module of another release may throw, or draw nothing.
        let drawn = draw.call2(&JsValue::UNDEFINED, about, &self.root).unwrap_or_else(|thrown| {
            console::error_value("forms", &thrown);
            JsValue::NULL
        });
        let mut nodes = items(&drawn).peekable();
        if nodes.peek().is_none() {
            return ended::draw_not_loaded("notLoaded", service, UserEvent::Back);
        }
        screen::screen(name, "screen").children(nodes.map(|node| read(&node))).done()
    }
}

/// Credentials, or the addresses of web services. While they are tried the form stays drawn, so that nothing that was typed is lost.
#[inline(never)]
pub(super) fn draw_fields(name: &'static str, shown: &FieldsScreen, forms: &Forms) -> View {
    let about = Object::new();
    set_text(&about, "customer", &shown.customer_name);
    set_text(&about, "fields", &names(&shown.fields));
    set_text(&about, "problems", &names(&shown.problems));
    match &shown.error {
        Some(CredentialsError::Message(words)) => set_text(&about, "error", words),
        Some(CredentialsError::Rejected) => {
            let words = fill_service(Word::UnauthorizedCredentialsText, &service_label(&shown.service));
            set_text(&about, "error", &words);
        }
        Some(CredentialsError::Unreachable) => set(&about, "unreachable", &JsValue::TRUE),
        None => {}
    }
    set(&about, "busy", &shown.busy.into());
    forms.draw(name, &shown.service, shown.guide, &about)
}

/// QuickBooks Desktop: the connector's file, its password, and the waiting for its call.
#[inline(never)]
pub(super) fn draw_connector(name: &'static str, shown: &ConnectorScreen, forms: &Forms) -> View {
    let about = Object::new();
    set_text(&about, "url", &shown.url);
    set_text(&about, "file", &shown.file_name);
    set_text(&about, "password", shown.password.expose());
    set(&about, "revealed", &shown.revealed.into());
    if let Some(note) = shown.note {
        set_text(
            &about,
            "note",
            match note {
                ConnectorNotice::Copied => "copied",
                ConnectorNotice::NotCopied => "notCopied",
                ConnectorNotice::Saved => "saved",
                ConnectorNotice::Revealed => "revealed",
                ConnectorNotice::Hidden => "hidden",
            },
        );
    }
    set(&about, "connected", &shown.connected.into());
    forms.draw(name, &shown.service, shown.guide, &about)
}

fn names(fields: &[Field]) -> String {
    fields.iter().map(|field| field.name()).collect::<Vec<_>>().join(" ")
}

/// The tags and attributes that a form may have.
const NAMES: &str = "H2 H3 P DETAILS SUMMARY BUTTON OL LI FORM DIV LABEL INPUT A SPAN svg path text id tabindex class role open \
    type data-action for name autocomplete autocapitalize spellcheck value aria-describedby aria-invalid novalidate \
    aria-disabled aria-hidden aria-label href target rel readonly viewBox focusable d x y";

/// A node of the module's, as `npm/on-demand/form-screens.js` describes them.
fn read(node: &JsValue) -> View {
    if let Some(text) = node.as_string() {
        return View::Text(text);
    }
    let mut parts = items(node);
    let Some(tag) = parts.next().and_then(|tag| known(&tag)) else { return View::Nothing };
    let made = match tag {
        "svg" | "path" | "text" => svg_element(tag),
        "FORM" => element(tag).on_submit(),
        _ => element(tag),
    };
    let attributes = parts.next().unwrap_or_default();
    let made =
        keys(&attributes).iter().fold(made, |made, name| attribute(made, name, &get(&attributes, name)));
    made.children(parts.map(|child| read(&child))).done()
}

fn attribute(made: Element, name: &str, value: &JsValue) -> Element {
    let (Some(name), Some(value)) = (known(&name.into()), value.as_string()) else { return made };
    let pressed = match value.as_str() {
        "back" => Some(UserEvent::Back),
        "load-guide" => Some(UserEvent::LoadGuide),
        "save-file" => Some(UserEvent::SaveFile),
        "copy" => Some(UserEvent::CopyPassword),
        "reveal" => Some(UserEvent::RevealPassword),
        _ => None,
    };
    let made = match pressed {
        Some(event) if name == "data-action" => made.on_click(event),
        _ => made,
    };
    made.attribute(name, value)
}

fn known(name: &JsValue) -> Option<&'static str> {
    let name = name.as_string()?;
    NAMES.split(' ').find(|known| *known == name)
}
