//! What was connected, after the last step.

use railz_connect_contract::ServiceKind;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::{Finish, SummaryKind};

use super::shared::{
    action,
    element::{View, element},
    icon, screen,
};
use crate::text::{Word, company_at, kind, say};

#[inline(never)]
pub(super) fn draw(name: &'static str, kinds: &[SummaryKind], finish: Option<Finish>, back: bool) -> View {
    let rows = kinds.iter().map(row);
    let finish = finish.map(|finish| {
        let words = match finish {
            Finish::GoOn => Word::GoOn,
            Finish::Done => Word::Done,
        };
        action::primary("finish", say(words), UserEvent::Finish)
    });
    let text = if back { Word::SummaryText } else { Word::SummaryTextDone };
    let back = back.then(|| action::quiet("back", say(Word::Back), UserEvent::Back));
    screen::screen(name, "screen")
        .child(screen::heading(say(Word::SummaryTitle)))
        .child(screen::text(say(text)))
        .child(element("UL").class("rows group").attribute("role", "list").children(rows).done())
        .child(action::row(finish.into_iter().chain(back)))
        .done()
}

fn row(one: &SummaryKind) -> View {
    let names: Vec<_> = one
        .connected
        .iter()
        .map(|connection| {
            match &connection.account_name {
                // A bank is not at anything.
                Some(bank) if one.kind == ServiceKind::Banking => bank.clone(),
                company => company_at(&connection.service, company.as_deref()),
            }
        })
        .collect();
    let (state, hint) = match (names.is_empty(), one.already_linked) {
        // By borrowed texts, as everywhere: joining owned ones would be a second copy of the code.
        (false, _) => ("active", names.iter().map(String::as_str).collect::<Vec<_>>().join(", ")),
        (true, true) => ("open", say(Word::SummaryLinked)),
        (true, false) => ("none", say(Word::SummarySkipped)),
    };
    let picture = if state == "active" { icon::tick() } else { icon::dash() };
    let words = element("SPAN")
        .class("words")
        .child(element("SPAN").class("name").text(say(kind(one.kind).0)).done())
        .child(element("SPAN").class("hint").text(hint).done());
    element("LI")
        .class("row")
        .attribute("data-state", state)
        .child(element("SPAN").class("number").hidden().child(picture).done())
        .child(words.done())
        .done()
}
