//! The waiting time is over. The sign-in may still be finished, and then still counts.

use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::ServiceLabel;

use super::shared::{action, element::View, icon, screen};
use crate::text::{Word, fill_service, say, service_label};

#[inline(never)]
pub(super) fn draw(name: &'static str, service: &ServiceLabel, still_listening: bool) -> View {
    let (text, first) = if still_listening {
        let again = action::primary("reopen", say(Word::OpenAgain), UserEvent::OpenWindow);
        (Word::ExpiredLateText, again)
    } else {
        let again = action::primary("try-again", say(Word::TryAgain), UserEvent::TryAgain);
        (Word::ExpiredOverText, again)
    };
    let other = action::quiet("cancel", say(Word::ChooseOther), UserEvent::Back);
    screen::centred(name, icon::disc("notice", icon::clock()), say(Word::ExpiredTitle))
        .child(screen::live("status", fill_service(text, &service_label(service))))
        .child(action::row([first, other]))
        .done()
}
