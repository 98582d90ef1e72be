//! Nothing can be connected, or the services could not be loaded.

use leptos::prelude::*;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::state::UnavailableCause;

use super::shared::send::Send;
use super::shared::{action, icon, screen};
use crate::text::{Word, say};

pub(super) fn draw(name: &'static str, cause: UnavailableCause, send: Send) -> AnyView {
    let words = match cause {
        UnavailableCause::NotAuthorised => Word::NotAuthorisedText,
        UnavailableCause::BusinessNotFound => Word::NotFoundText,
        UnavailableCause::NoServices => Word::NoServicesText,
    };
    let again = action::secondary("try-again", say(Word::TryAgain), UserEvent::TryAgain, send);
    draw_alert(name, Word::UnavailableTitle, words, again)
}

pub(super) fn draw_load_failed(name: &'static str, send: Send) -> AnyView {
    let again = action::primary("try-again", say(Word::TryAgain), UserEvent::TryAgain, send);
    draw_alert(name, Word::LoadFailedTitle, Word::LoadFailedText, again)
}

fn draw_alert(name: &'static str, title: Word, words: Word, again: AnyView) -> AnyView {
    screen::centred(name, icon::disc("notice", icon::bang()), say(title))
        .child(screen::live("alert", say(words)))
        .child(action::row([again]))
        .done()
}
