//! Credentials, or further addresses: instructions, and below them the form. While it is tried it stays drawn, so that
//! nothing that was typed is lost.

use leptos::prelude::*;
use railz_connect_flow::{Field, FieldsScreen, Setback, Takes, UserEvent};

use super::Send;
use super::parts::{action, element::element, form, guide, screen};
use crate::text::{self, Word, about, fill, say, service_label};

pub(super) fn credentials(name: &'static str, shown: &FieldsScreen, send: Send) -> AnyView {
    let label = service_label(&shown.service);
    let gaps = [("{service}", label.as_str()), ("{customer}", shown.customer_name.as_str())];
    let lead =
        if shown.customer_name.is_empty() { Word::CredentialsTextNobody } else { Word::CredentialsText };
    draw(name, shown, (about(Word::BeforeTitle, &label), fill(lead, &gaps)), Word::FormSubmit, send)
}

pub(super) fn web_services(name: &'static str, shown: &FieldsScreen, send: Send) -> AnyView {
    let label = service_label(&shown.service);
    let words = (say(Word::WebServicesTitle), about(Word::WebServicesText, &label));
    draw(name, shown, words, Word::GoOn, send)
}

fn draw(
    name: &'static str,
    shown: &FieldsScreen,
    (title, lead): (String, String),
    submit: Word,
    send: Send,
) -> AnyView {
    let lines = shown.fields.iter().map(|field| line(*field, shown.problems.contains(field)));
    let label = service_label(&shown.service);
    let trouble = shown.trouble.as_ref().map(|trouble| {
        let words = match trouble {
            Setback::Said(words) => words.clone(),
            Setback::Refused => about(Word::UnauthorizedCredentialsText, &label),
            Setback::Unreachable => about(Word::CheckUnreachable, &label),
        };
        element("P").class("problem").attribute("role", "alert").text(words).done()
    });
    let busy = if shown.busy { about(Word::Checking, &label) } else { String::new() };
    let row = action::row([
        dimmed("action primary", "submit", say(submit), shown.busy).attribute("type", "submit").done(),
        dimmed("action quiet", "back", say(Word::Back), shown.busy)
            .attribute("type", "button")
            .press(send, UserEvent::Back)
            .done(),
    ]);
    let drawn = element("FORM")
        .class("form")
        .attribute("novalidate", "")
        .attribute("autocomplete", "off")
        .submit(send)
        .children(lines)
        .child(trouble.unwrap_or_else(|| ().into_any()))
        .child(screen::live("status", busy))
        .child(row);
    screen::screen(name, "screen")
        .child(screen::heading(title))
        .child(screen::text(lead))
        .child(guide::draw(&shown.guide, send))
        .child(drawn.done())
        .done()
}

/// A button that keeps its focus while it has to wait.
fn dimmed(
    class: &'static str,
    name: &'static str,
    words: String,
    busy: bool,
) -> super::parts::element::Element {
    let button = element("BUTTON").class(class).attribute("data-action", name).text(words);
    if busy { button.attribute("aria-disabled", "true") } else { button }
}

fn line(field: Field, wrong: bool) -> AnyView {
    let (label, hint, problem) = text::field(field);
    form::field(form::Field {
        name: field.name(),
        kind: if field.takes() == Takes::Secret { "password" } else { "text" },
        label: &say(label),
        hint: hint.map(say).as_deref(),
        value: String::new(),
        problem: wrong.then(|| say(problem)),
    })
}
