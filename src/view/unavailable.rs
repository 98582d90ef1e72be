//! Nothing can be connected, or the services could not be loaded.

use railz_connect_flow::event::UserEvent;
use railz_connect_flow::state::UnavailableCause;

use super::shared::{action, element::View, icon, screen};
use crate::text::{Word, say};

#[inline(never)]
pub(super) fn draw(name: &'static str, cause: UnavailableCause) -> View {
    let words = match cause {
        UnavailableCause::NotAuthorised => Word::NotAuthorisedText,
        UnavailableCause::BusinessNotFound => Word::NotFoundText,
        UnavailableCause::NoServices => Word::NoServicesText,
    };
    let again = action::secondary("try-again", say(Word::TryAgain), UserEvent::TryAgain);
    draw_alert(name, Word::UnavailableTitle, words, again)
}

#[inline(never)]
pub(super) fn draw_load_failed(name: &'static str) -> View {
    let again = action::primary("try-again", say(Word::TryAgain), UserEvent::TryAgain);
    draw_alert(name, Word::LoadFailedTitle, Word::LoadFailedText, again)
}

fn draw_alert(name: &'static str, title: Word, words: Word, again: View) -> View {
    screen::centred(name, icon::disc("notice", icon::bang()), say(title))
        .child(screen::live("alert", say(words)))
        .child(action::row([again]))
        .done()
}
