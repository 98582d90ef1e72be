//! Where the window will lead, before it opens; the press on the button opens it.

use leptos::prelude::*;
use railz_connect_flow::{ServiceLabel, UserEvent};

use super::Send;
use super::parts::{action, element::element, icon, mark, screen};
use crate::text::{Word, about, fill, say, service_label};

pub(super) fn draw(
    name: &'static str,
    service: &ServiceLabel,
    customer: &str,
    renewing: bool,
    send: Send,
) -> AnyView {
    let label = service_label(service);
    let title = about(if renewing { Word::BeforeTitleRenew } else { Word::BeforeTitle }, &label);
    let share = if customer.is_empty() {
        say(Word::BeforeShareNobody)
    } else {
        fill(Word::BeforeShare, &[("{customer}", customer)])
    };
    let points = [
        about(Word::BeforeWindow, &label),
        say(Word::BeforeAdministrator),
        share,
        about(Word::BeforeRevoke, &label),
    ];
    let points = points.into_iter().map(|point| {
        let dot = element("SPAN").class("dot").child(icon::tick()).done();
        element("LI").child(dot).child(element("SPAN").text(point).done()).done()
    });
    let mark = element("SPAN").class("large").child(mark::mark(service)).done();
    screen::centred(name, mark, title)
        .child(element("UL").class("points").attribute("role", "list").children(points).done())
        .child(action::row([
            action::primary("continue", about(Word::BeforeButton, &label), UserEvent::OpenWindow, send),
            action::quiet("back", say(Word::Back), UserEvent::Back, send),
        ]))
        .done()
}
