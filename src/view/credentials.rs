//! Credentials of a service, or the addresses of its web services: instructions, and below them the form. While they are
//! tried it stays drawn, so that nothing that was typed is lost.

use railz_connect_flow::event::UserEvent;
use railz_connect_flow::field::{Field, Takes};
use railz_connect_flow::screen::FieldsScreen;
use railz_connect_flow::state::CredentialsError;

use super::shared::{
    action,
    element::{View, element},
    form, guide, screen,
};
use crate::text::{self, Word, fill, fill_service, say, service_label};

pub(super) fn draw(name: &'static str, shown: &FieldsScreen) -> View {
    let label = service_label(&shown.service);
    let gaps = [("{service}", label.as_str()), ("{customer}", shown.customer_name.as_str())];
    let lead =
        if shown.customer_name.is_empty() { Word::CredentialsTextNobody } else { Word::CredentialsText };
    draw_form(name, shown, (fill_service(Word::BeforeTitle, &label), fill(lead, &gaps)), Word::FormSubmit)
}

pub(super) fn draw_web_services(name: &'static str, shown: &FieldsScreen) -> View {
    let label = service_label(&shown.service);
    let words = (say(Word::WebServicesTitle), fill_service(Word::WebServicesText, &label));
    draw_form(name, shown, words, Word::GoOn)
}

fn draw_form(
    name: &'static str,
    shown: &FieldsScreen,
    (title, lead): (String, String),
    submit: Word,
) -> View {
    let fields = shown.fields.iter().map(|field| draw_field(*field, shown.problems.contains(field)));
    let label = service_label(&shown.service);
    let problem = shown.error.as_ref().map(|trouble| {
        let words = match trouble {
            CredentialsError::Message(words) => words.clone(),
            CredentialsError::Rejected => fill_service(Word::UnauthorizedCredentialsText, &label),
            CredentialsError::Unreachable => fill_service(Word::CheckUnreachable, &label),
        };
        element("P").class("problem").attribute("role", "alert").text(words).done()
    });
    let busy = if shown.busy { fill_service(Word::Checking, &label) } else { String::new() };
    let row = action::row([
        button("action primary", "submit", say(submit), shown.busy).attribute("type", "submit").done(),
        button("action quiet", "back", say(Word::Back), shown.busy)
            .attribute("type", "button")
            .on_click(UserEvent::Back)
            .done(),
    ]);
    let form = element("FORM")
        .class("form")
        .attribute("novalidate", "")
        .attribute("autocomplete", "off")
        .on_submit()
        .children(fields)
        .child(problem.unwrap_or(View::Nothing))
        .child(screen::live("status", busy))
        .child(row);
    screen::screen(name, "screen")
        .child(screen::heading(title))
        .child(screen::text(lead))
        .child(guide::draw(&shown.guide))
        .child(form.done())
        .done()
}

/// A button that keeps its focus while it has to wait.
fn button(
    class: &'static str,
    name: &'static str,
    words: String,
    busy: bool,
) -> super::shared::element::Element {
    let button = element("BUTTON").class(class).attribute("data-action", name).text(words);
    if busy { button.attribute("aria-disabled", "true") } else { button }
}

fn draw_field(field: Field, wrong: bool) -> View {
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
