//! The sandbox form of servers that cannot connect the sandbox with one press.

use railz_connect_contract::UseCase;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::{FormChoice, Tile};

use super::shared::{
    action,
    element::{View, element},
    screen,
};
use crate::text::{self, Word, say, service_label};

#[inline(never)]
pub(super) fn draw(
    name: &'static str,
    use_cases: Vec<FormChoice<UseCase>>,
    providers: Vec<FormChoice<Tile>>,
    incomplete: bool,
) -> View {
    let use_cases = use_cases
        .into_iter()
        .map(|one| option(one.value.as_str(), &say(text::use_case(one.value)), one.chosen));
    let providers = providers
        .into_iter()
        .map(|one| option(one.value.integration.as_str(), &service_label(&one.value.service), one.chosen));
    let error = incomplete
        .then(|| element("P").class("problem").attribute("role", "alert").text(say(Word::FormError)).done());
    let connect = element("BUTTON").attribute("type", "submit").class("action primary");
    let form = element("FORM")
        .class("form")
        .attribute("novalidate", "")
        .on_submit()
        .child(field("use-case", Word::FormUseCase, use_cases.collect()))
        .child(field("provider", Word::FormProvider, providers.collect()))
        // Its place is there without it too, so that the button under it stays the one that has the focus.
        .child(error.unwrap_or(View::Nothing))
        .child(action::row([
            connect.attribute("data-action", "submit").text(say(Word::FormSubmit)).done(),
            action::quiet("back", say(Word::Back), UserEvent::Back),
        ]))
        .done();
    screen::screen(name, "screen")
        .child(screen::heading(say(Word::FormTitle)))
        .child(screen::text(say(Word::FormText)))
        .child(form)
        .done()
}

fn field(id: &'static str, label: Word, options: Vec<View>) -> View {
    let label = element("LABEL").attribute("for", id).text(say(label)).done();
    let unchosen = option("", &say(Word::FormUnchosen), false);
    let list = element("SELECT").attribute("id", id).attribute("name", id).attribute("required", "");
    element("DIV").class("field").child(label).child(list.child(unchosen).children(options).done()).done()
}

fn option(value: &str, words: &str, chosen: bool) -> View {
    let option = element("OPTION").attribute("value", value).text(words);
    if chosen { option.attribute("selected", "").done() } else { option.done() }
}
