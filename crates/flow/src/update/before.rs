//! From the press that opens the window to the address it goes to.

use super::sign_in;
use super::turn::Turn;
use crate::state::Window;
use crate::{Answer, Chosen, Effect, Place, Request, RequestError, Session, Ticket};

/// The window opens before anything is asked, so that the browser sees it inside the press (invariant 1).
pub(super) fn open(turn: &mut Turn<'_>, session: Box<Session>, chosen: Box<Chosen>) -> Place {
    let window = turn.ticket();
    turn.effect(Effect::OpenWindow {
        ticket: window,
        name: window,
        service: chosen.name.clone(),
        display_name: chosen.display_name.clone(),
    });
    let request = turn.ask(Request::Address {
        token: session.token.clone(),
        service: chosen.name.clone(),
        integration: chosen.integration.clone(),
    });
    Place::AwaitingAddress { session, chosen, window_name: window, window: Window::Open(window), request }
}

pub(super) fn answered(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    window_name: Ticket,
    window: Window,
    result: Result<Answer, RequestError>,
) -> Place {
    let error = match result {
        Ok(Answer::Address(address)) => {
            match sign_in::begin(turn, &session, &chosen, window_name, window, address) {
                Some(sign_in) => return Place::AwaitingSignIn { session, sign_in },
                None => RequestError::Unreadable,
            }
        }
        Ok(_) => RequestError::Unreadable,
        Err(error) => error,
    };
    sign_in::close_window(turn, window);
    super::outcome::fail(turn, session, chosen, None, &error)
}
