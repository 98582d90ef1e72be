//! Nobody has touched the page for long.

use railz_connect_flow::event::UserEvent;

use super::shared::{action, element::View, icon, screen};
use crate::text::{Word, say};

#[inline(never)]
pub(super) fn draw(name: &'static str) -> View {
    let again = action::primary("try-again", say(Word::IdleButton), UserEvent::TryAgain);
    screen::centred(name, icon::disc("notice", icon::clock()), say(Word::IdleTitle))
        .child(screen::live("status", say(Word::IdleText)))
        .child(action::row([again]))
        .done()
}
