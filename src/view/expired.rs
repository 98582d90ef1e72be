//! The waiting time is over. The sign-in may still be finished, and then still counts.

use leptos::prelude::*;
use railz_connect_flow::{ServiceLabel, UserEvent};

use super::Send;
use super::parts::{action, icon, screen};
use crate::text::{Word, about, say, service_label};

pub(super) fn draw(name: &'static str, service: &ServiceLabel, still_listening: bool, send: Send) -> AnyView {
    let label = service_label(service);
    let (text, first) = if still_listening {
        let again = action::primary("reopen", say(Word::OpenAgain).to_owned(), UserEvent::OpenWindow, send);
        (Word::ExpiredLateText, again)
    } else {
        let again = action::primary("try-again", say(Word::TryAgain).to_owned(), UserEvent::TryAgain, send);
        (Word::ExpiredOverText, again)
    };
    let cancel = action::quiet("cancel", say(Word::ChooseOther).to_owned(), UserEvent::Back, send);
    screen::centred(
        name,
        icon::disc("notice", icon::clock()),
        say(Word::ExpiredTitle).to_owned(),
        screen::text(about(text, &label)),
        action::row(vec![first, cancel]),
    )
}
