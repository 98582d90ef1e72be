//! Nobody has touched the page for long.

use leptos::prelude::*;
use railz_connect_flow::event::UserEvent;

use super::shared::send::Send;
use super::shared::{action, icon, screen};
use crate::text::{Word, say};

pub(super) fn draw(name: &'static str, send: Send) -> AnyView {
    let again = action::primary("try-again", say(Word::IdleButton), UserEvent::TryAgain, send);
    screen::centred(name, icon::disc("notice", icon::clock()), say(Word::IdleTitle))
        .child(screen::live("status", say(Word::IdleText)))
        .child(action::row([again]))
        .done()
}
