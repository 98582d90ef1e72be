//! The card around every screen: the sandbox badge and the close button above, the screen below.

use leptos::html::{button, div, header, span};
use leptos::prelude::*;
use railz_connect_flow::UserEvent;

use super::Send;
use super::parts::icon;
use crate::text::{LANGUAGE, Word, say};

pub(super) fn draw(sandbox: bool, closable: bool, send: Send, screen: AnyView) -> impl IntoView {
    let badge = sandbox.then(|| span().class("badge").child(say(Word::Sandbox)));
    let close = closable.then(|| {
        button()
            .r#type("button")
            .class("close")
            .attr("data-action", "close")
            .attr("aria-label", say(Word::Close))
            .on(leptos::ev::click, move |_| send.run(UserEvent::Close))
            .child(icon::cross())
    });
    let bar = (sandbox || closable).then(|| header().class("bar").child((badge, close)));
    div().class("card").attr("lang", LANGUAGE).attr("dir", "ltr").child((bar, screen))
}
