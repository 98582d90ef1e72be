//! What a person does in a visit, and what else happens in the page.

use railz_connect_flow::Event;
use railz_connect_flow::event::{BankLinkEvent, UserEvent};
use railz_connect_flow::screen::Content;

use super::chance::Chance;
use crate::support::{TestWidget, fixtures, possible_events};

/// What somebody does who wants to get connected.
fn purpose(widget: &TestWidget, chance: &mut Chance) -> Option<UserEvent> {
    Some(match widget.content() {
        Content::Picker(picker) => {
            let open: Vec<_> = picker.tiles.into_iter().filter(|tile| tile.open).collect();
            UserEvent::Pick(chance.pick(&open)?.integration)
        }
        Content::Overview { .. } => UserEvent::Next,
        Content::Before { question: None, .. } => UserEvent::OpenWindow,
        Content::Before { .. } => UserEvent::Submit(fixtures::answer_form("juniper-bakery")),
        Content::Credentials(_) => UserEvent::Submit(fixtures::right_credentials()),
        Content::WebServices(_) => UserEvent::Submit(fixtures::credentials(&[])),
        Content::Accounts { .. } => UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned()),
        Content::LoadFailed | Content::Idle | Content::Failed { .. } => UserEvent::TryAgain,
        Content::Connected { .. } => UserEvent::Continue,
        _ => return None,
    })
}

/// A press.
pub fn press(widget: &TestWidget, chance: &mut Chance) -> Option<Event> {
    if chance.below(4) > 0 {
        return purpose(widget, chance).map(Event::User);
    }
    let presses: Vec<_> = possible_events::next(widget)
        .into_iter()
        .filter(|event| {
            matches!(
                event,
                Event::User(_)
                    | Event::IdleTooLong
                    | Event::PageRestored
                    | Event::PageSeen
                    | Event::NetworkChanged(_)
                    | Event::HandOverRefused
            )
        })
        .collect();
    chance.pick(&presses)
}

/// Windows, the banks' script, instructions.
pub fn something_else(widget: &TestWidget, chance: &mut Chance) -> Option<Event> {
    let others: Vec<_> = possible_events::next(widget)
        .into_iter()
        .filter(|event| {
            matches!(
                event,
                Event::WindowOpened(_)
                    | Event::WindowBlocked(_)
                    | Event::WindowClosed(_)
                    | Event::StartPageAsked(_)
                    | Event::Guide { .. }
                    | Event::BankLink {
                        event: BankLinkEvent::Opened | BankLinkEvent::LoadFailed | BankLinkEvent::Linked(_),
                        ..
                    }
            )
        })
        .collect();
    chance.pick(&others)
}
