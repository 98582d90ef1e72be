//! No connection was made: the person tries again, or goes back to the list.

use super::shared::turn::{Next, Turn};
use super::{idle, select};
use crate::event::{Event, UserEvent};
use crate::service::{ConnectionTarget, SelectedService};
use crate::session::Session;
use crate::state::{Ended, Ending, Refusal, Stage};

pub(super) fn update(turn: &mut Turn<'_>, session: &Session, stage: &Ended, event: &Event) -> Next {
    match event {
        // It may be connected: the list says it before anything is tried once more.
        Event::User(UserEvent::TryAgain) if session.journey.has_unheard(&stage.service) => Next::LoadAgain,
        // A provider of the sandbox form has no tile of its own, so that trying again leads to the list.
        Event::User(UserEvent::TryAgain) if stage.service.integration.is_none() => Stage::root().into(),
        Event::User(UserEvent::TryAgain) => select::begin(turn, session, stage.service.clone()).into(),
        Event::User(UserEvent::ConnectOther)
            if stage.ending == Ending::Refused(Refusal::DifferentAccount) =>
        {
            let service = SelectedService { target: ConnectionTarget::New, ..(*stage.service).clone() };
            select::begin(turn, session, Box::new(service)).into()
        }
        Event::User(UserEvent::Back) => Stage::root().into(),
        Event::IdleTooLong => idle::begin(turn, session).into(),
        _ => Next::Stay,
    }
}
