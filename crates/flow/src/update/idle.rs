//! Nobody goes on. The host hears of it, the person finds everything again.

use super::shared::turn::{Next, Turn};
use crate::event::{Event, UserEvent};
use crate::host_event::{ErrorCode, ErrorText, EventName, HostError, HostEvent};
use crate::session::Session;
use crate::state::Stage;

/// After how many milliseconds without a touch nobody is taken to be there (contract rule F7).
pub const IDLE_AFTER_MS: u32 = 30 * 60 * 1000;

pub(super) fn update(event: &Event) -> Next {
    match event {
        Event::User(UserEvent::TryAgain) => Next::LoadAgain,
        _ => Next::Stay,
    }
}

/// From wherever nothing is under way.
pub(super) fn begin(turn: &mut Turn<'_>, session: &Session) -> Stage {
    turn.notify_host(HostEvent::Error {
        event: EventName::Timeout,
        parties: session.parties(),
        connection_id: None,
        service: None,
        error: HostError { code: ErrorCode::Timeout, text: ErrorText::OfCode, raw: None },
    });
    Stage::Idle
}
