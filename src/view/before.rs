//! Where the window will lead, before it opens; the press on the button opens it.

use leptos::html::{li, span, ul};
use leptos::prelude::*;
use railz_connect_flow::{ServiceLabel, UserEvent};

use super::Send;
use super::parts::{action, icon, mark, screen};
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
        say(Word::BeforeShareNobody).to_owned()
    } else {
        fill(Word::BeforeShare, &[("{customer}", customer)])
    };
    let points = [
        about(Word::BeforeWindow, &label),
        say(Word::BeforeAdministrator).to_owned(),
        share,
        about(Word::BeforeRevoke, &label),
    ];
    let points: Vec<_> = points
        .into_iter()
        .map(|point| li().child((span().class("dot").child(icon::tick()), span().child(point))).into_any())
        .collect();
    let list = ul().class("points").attr("role", "list").child(points);
    let actions = action::row(vec![
        action::primary("continue", about(Word::BeforeButton, &label), UserEvent::OpenWindow, send),
        action::quiet("back", say(Word::Back).to_owned(), UserEvent::Back, send),
    ]);
    screen::centred(name, span().class("large").child(mark::mark(service)), title, list, actions)
}
