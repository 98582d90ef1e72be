//! What there is to connect, before the first step.

use railz_connect_contract::ServiceKind;
use railz_connect_flow::event::UserEvent;

use super::shared::{
    action,
    element::{View, element},
    screen,
};
use crate::text::{Word, fill_customer, kind, say};

pub(super) fn draw(name: &'static str, customer: &str, kinds: Vec<ServiceKind>) -> View {
    let rows = kinds.into_iter().enumerate().map(|(index, one)| {
        let (title, text) = kind(one);
        let number = element("SPAN").class("number").hidden().text((index + 1).to_string()).done();
        let words = element("SPAN")
            .class("words")
            .child(element("SPAN").class("name").text(say(title)).done())
            .child(element("SPAN").class("hint").text(say(text)).done());
        element("LI").class("row").child(number).child(words.done()).done()
    });
    screen::screen(name, "screen")
        .child(screen::heading(say(Word::OverviewTitle)))
        .child(screen::text(fill_customer(Word::OverviewText, Word::OverviewTextNobody, customer)))
        .child(element("OL").class("rows group").attribute("role", "list").children(rows).done())
        .child(action::row([action::primary("next", say(Word::OverviewStart), UserEvent::Next)]))
        .done()
}
