//! The sandbox form of servers that cannot connect the sandbox with one press.

use leptos::ev::submit;
use leptos::html::{button, div, form, label, option, p, select};
use leptos::prelude::*;
use railz_connect_contract::{IntegrationUuid, UseCase};
use railz_connect_flow::{FormChoice, Tile, UserEvent};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

use super::Send;
use super::parts::{action, screen};
use crate::text::{self, Word, say, service_label};

const USE_CASE: &str = "use-case";
const PROVIDER: &str = "provider";

pub(super) fn draw(
    name: &'static str,
    use_cases: Vec<FormChoice<UseCase>>,
    providers: Vec<FormChoice<Tile>>,
    incomplete: bool,
    send: Send,
) -> AnyView {
    let use_case_options = use_cases
        .into_iter()
        .map(|one| (one.value.as_str().to_owned(), say(text::use_case(one.value)).to_owned(), one.chosen));
    let provider_options = providers.into_iter().map(|one| {
        (one.value.integration.as_str().to_owned(), service_label(&one.value.service), one.chosen)
    });
    let fields = (
        field(USE_CASE, Word::FormUseCase, use_case_options.collect()),
        field(PROVIDER, Word::FormProvider, provider_options.collect()),
    );
    let error = incomplete.then(|| p().class("problem").attr("role", "alert").child(say(Word::FormError)));
    let send_button = button().r#type("submit").class("action primary").attr("data-action", "submit");
    let actions = action::row(vec![
        send_button.child(say(Word::FormSubmit)).into_any(),
        action::quiet("back", say(Word::Back).to_owned(), UserEvent::Back, send),
    ]);
    let form = form()
        .class("form")
        .attr("novalidate", true)
        .on(submit, move |event| {
            event.prevent_default();
            let chosen = |id: &str| {
                let form: web_sys::Element = event_target(&event);
                let found = form.query_selector(&format!("#{id}")).ok().flatten()?;
                Some(found.dyn_into::<HtmlSelectElement>().ok()?.value()).filter(|value| !value.is_empty())
            };
            let use_case =
                chosen(USE_CASE).and_then(|code| UseCase::ALL.into_iter().find(|one| one.as_str() == code));
            send.run(UserEvent::SubmitSandbox {
                use_case,
                provider: chosen(PROVIDER).map(IntegrationUuid::new),
            });
        })
        .child((fields, error, actions));
    let title = screen::heading(say(Word::FormTitle).to_owned());
    screen::plain(name, "screen", (title, screen::text(say(Word::FormText).to_owned()), form))
}

/// A labelled list; each option is its value, its words and whether it is the chosen one.
fn field(id: &'static str, word: Word, options: Vec<(String, String, bool)>) -> impl IntoView {
    let none_chosen = !options.iter().any(|(_, _, chosen)| *chosen);
    let unchosen = option().value("").selected(none_chosen).child(say(Word::FormUnchosen));
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, words, chosen)| option().value(value).selected(chosen).child(words).into_any())
        .collect();
    div().class("field").child((
        label().r#for(id).child(say(word)),
        select().id(id).name(id).required(true).child((unchosen, options)),
    ))
}
