//! Connections that need a person, before anything else.

use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::ExistingConnection;

use super::shared::{
    action, connection,
    element::{View, element},
    screen,
};
use crate::text::{Word, fill_customer, say};

#[inline(never)]
pub(super) fn draw(name: &'static str, customer: &str, connections: Vec<ExistingConnection>) -> View {
    let rows = connections.into_iter().map(|one| connection::row(&one));
    screen::screen(name, "screen")
        .child(screen::heading(say(Word::AttentionTitle)))
        .child(screen::text(fill_customer(Word::AttentionText, Word::AttentionTextNobody, customer)))
        .child(element("UL").class("rows group").attribute("role", "list").children(rows).done())
        .child(action::row([action::quiet("next", say(Word::AttentionAll), UserEvent::Next)]))
        .done()
}
