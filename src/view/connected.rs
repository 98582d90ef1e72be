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
            let back = say(Word::BackToList).to_owned();
            (Word::ConnectedText, Some(action::secondary("done", back, UserEvent::Continue, send)))
        }
        Done::HandingOver => (Word::HandingOverText, None),
        Done::Stuck => {
            let go_on = say(Word::GoOn).to_owned();
            (Word::StuckText, Some(action::primary("continue", go_on, UserEvent::Continue, send)))
        }
    };
    let actions = button.map(|button| action::row(vec![button]));
    screen::centred(
        name,
        icon::disc("good", icon::tick()),
        title,
        screen::text(say(words).to_owned()),
        actions,
    )
}
