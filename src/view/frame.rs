//! The card around every screen: the sandbox badge and the close button above, the screen below.

use leptos::prelude::*;
use railz_connect_flow::UserEvent;

use super::Send;
use super::parts::{action, element::element, icon};
use crate::text::{LANGUAGE, Word, say};

pub(super) fn draw(
    sandbox: bool,
    closable: bool,
    send: Send,
    progress: Option<AnyView>,
    screen: AnyView,
) -> AnyView {
    let badge = sandbox.then(|| element("SPAN").class("badge").text(say(Word::Sandbox)).done());
    let close = closable.then(|| {
        action::button("close", send, UserEvent::Close)
            .attribute("data-action", "close")
            .attribute("aria-label", say(Word::Close))
            .child(icon::cross())
            .done()
    });
    let bar =
        (sandbox || closable).then(|| element("HEADER").class("bar").children(badge).children(close).done());
    element("DIV")
        .class("card")
        .attribute("lang", LANGUAGE)
        .attribute("dir", "ltr")
        .children(bar)
        .children(progress)
        .child(screen)
        .done()
}
