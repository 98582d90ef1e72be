//! The waiting time is over. The sign-in may still be finished, and then still counts.

use leptos::prelude::*;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::ServiceLabel;

use super::shared::send::Send;
use super::shared::{action, icon, screen};
use crate::text::{Word, fill_service, say, service_label};

pub(super) fn draw(name: &'static str, service: &ServiceLabel, still_listening: bool, send: Send) -> AnyView {
    let (text, first) = if still_listening {
        let again = action::primary("reopen", say(Word::OpenAgain), UserEvent::OpenWindow, send);
        (Word::ExpiredLateText, again)
    } else {
        let again = action::primary("try-again", say(Word::TryAgain), UserEvent::TryAgain, send);
        (Word::ExpiredOverText, again)
    };
    let other = action::quiet("cancel", say(Word::ChooseOther), UserEvent::Back, send);
    screen::centred(name, icon::disc("notice", icon::clock()), say(Word::ExpiredTitle))
        .child(screen::live("status", fill_service(text, &service_label(service))))
        .child(action::row([first, other]))
        .done()
}
