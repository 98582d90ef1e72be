//! The browser did not open the window: a link stands in for it, which blockers let through.

use leptos::ev::click;
use leptos::html::a;
use leptos::prelude::*;
use railz_connect_flow::{ServiceLabel, UserEvent};

use super::Send;
use super::parts::{action, icon, screen};
use crate::text::{Word, about, say, service_label};

pub(super) fn draw(name: &'static str, service: &ServiceLabel, url: String, send: Send) -> AnyView {
    let link = a()
        .href(url)
        .target("_blank")
        .attr("rel", "noopener noreferrer")
        .class("action primary")
        .attr("data-action", "open")
        .on(click, move |_| send.run(UserEvent::FollowLink))
        .child(about(Word::BlockedLink, &service_label(service)))
        .into_any();
    let cancel = action::quiet("cancel", say(Word::Cancel).to_owned(), UserEvent::Back, send);
    screen::centred(
        name,
        icon::disc("notice", icon::window()),
        say(Word::BlockedTitle).to_owned(),
        screen::text(say(Word::BlockedText).to_owned()),
        action::row(vec![link, cancel]),
    )
}
