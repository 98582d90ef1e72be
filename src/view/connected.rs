//! Connected, and on the way to the host's success page if there is one.

use leptos::prelude::*;
use railz_connect_flow::{Done, ServiceLabel, UserEvent};

use super::Send;
use super::parts::{action, icon, screen};
use crate::text::{Word, about, say, service_label};

pub(super) fn draw(name: &'static str, service: &ServiceLabel, done: Done, send: Send) -> AnyView {
    let title = about(Word::ConnectedTitle, &service_label(service));
    let (words, button) = match done {
        Done::Stay => {
            let back = action::secondary("done", say(Word::BackToList), UserEvent::Continue, send);
            (Word::ConnectedText, Some(back))
        }
        Done::HandingOver => (Word::HandingOverText, None),
        Done::Stuck => {
            let go_on = action::primary("continue", say(Word::GoOn), UserEvent::Continue, send);
            (Word::StuckText, Some(go_on))
        }
    };
    screen::centred(name, icon::disc("good", icon::tick()), title)
        .child(screen::text(say(words)))
        .children(button.map(|button| action::row([button])))
        .done()
}
