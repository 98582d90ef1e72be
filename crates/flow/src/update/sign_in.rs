//! The sign-in while the person is elsewhere: its window, its patience, its life.

use railz_connect_contract::{AddressResponse, CONNECTION_TIMEOUT};

use super::listening;
use super::turn::Turn;
use super::way;
use crate::state::{Farewell, Listening, Patience, SignIn, Window};
use crate::{
    Chosen, Effect, ErrorCode, ErrorText, EventName, HostError, HostEvent, Place, Request, Session, Ticket,
};

/// For how long a server that does not say so is taken to accept the end of a sign-in.
const ASSUMED_LIFE_SECONDS: u32 = 30 * 60;

/// Timers of the browser hold milliseconds in 31 bits; beyond that they would fire at once.
const LONGEST_LIFE_SECONDS: u32 = 24 * 60 * 60;

pub(super) fn begin(
    turn: &mut Turn<'_>,
    session: &Session,
    chosen: &Chosen,
    window_name: Ticket,
    window: Window,
    address: AddressResponse,
) -> Option<Box<SignIn>> {
    let connection_id = address.connection_id?;
    if !is_web_address(&address.url) {
        return None;
    }
    if let Window::Open(ticket) = window {
        turn.effect(Effect::SendWindow { ticket, url: address.url.clone() });
    }
    let patience = Patience::Waiting(turn.timer(turn.config.session_timeout_ms));
    let life_seconds = address.expires_in_seconds.unwrap_or(ASSUMED_LIFE_SECONDS).min(LONGEST_LIFE_SECONDS);
    let life = turn.timer(life_seconds * 1000);
    let request =
        listening::ask(turn, session, &connection_id, address.attempt_id.as_ref(), listening::Wait::Held);
    Some(Box::new(SignIn {
        chosen: Box::new(chosen.clone()),
        url: address.url,
        connection_id,
        attempt_id: address.attempt_id,
        window_name,
        window,
        listening: Listening::Polling { request, failures: 0 },
        patience,
        life,
    }))
}

/// Any other scheme would run, or open, in the host's page; no service signs people in that way.
fn is_web_address(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

pub(super) fn blocked(window: Window, ticket: Ticket) -> Window {
    if window == Window::Open(ticket) { Window::Blocked } else { window }
}

pub(super) fn closed(window: Window, ticket: Ticket) -> Window {
    if window == Window::Open(ticket) { Window::Closed } else { window }
}

pub(super) fn followed(window: Window) -> Window {
    if window == Window::Blocked { Window::Unwatched } else { window }
}

/// A closed window settles nothing (invariant 2): the words change, and the server is asked.
pub(super) fn window_closed(turn: &mut Turn<'_>, session: &Session, sign_in: &mut SignIn, ticket: Ticket) {
    if sign_in.window != Window::Open(ticket) {
        return;
    }
    sign_in.window = Window::Closed;
    listening::ask_now(turn, session, sign_in);
}

pub(super) fn reopen(turn: &mut Turn<'_>, sign_in: &mut SignIn) {
    close_window(turn, sign_in.window);
    let ticket = turn.ticket();
    turn.effect(Effect::OpenWindow {
        ticket,
        name: sign_in.window_name,
        service: sign_in.chosen.name.clone(),
        display_name: sign_in.chosen.display_name.clone(),
    });
    turn.effect(Effect::SendWindow { ticket, url: sign_in.url.clone() });
    sign_in.window = Window::Open(ticket);
}

/// The waiting is over, the attempt is not (invariant 3).
pub(super) fn patience_is_over(turn: &mut Turn<'_>, session: &Session, sign_in: &mut SignIn) {
    if let Patience::Waiting(timer) = sign_in.patience {
        turn.forget(timer);
        sign_in.patience = Patience::Over;
        turn.tell(HostEvent::Error {
            event: EventName::Timeout,
            parties: session.parties(),
            connection_id: Some(sign_in.connection_id.clone()),
            service: Some(sign_in.chosen.name.clone()),
            error: HostError {
                code: ErrorCode::Timeout,
                text: ErrorText::Server(CONNECTION_TIMEOUT.to_owned()),
                raw: None,
            },
        });
    }
}

/// The server accepts the end of this sign-in no longer.
pub(super) fn life_is_over(turn: &mut Turn<'_>, session: &Session, sign_in: &mut SignIn) {
    patience_is_over(turn, session, sign_in);
    listening::stop(turn, sign_in.listening);
    turn.forget(sign_in.life);
    sign_in.listening = Listening::Over;
}

/// The person stops waiting. The server is asked once more, for a success that came just before.
pub(super) fn give_up(turn: &mut Turn<'_>, session: Box<Session>, sign_in: Box<SignIn>) -> Place {
    abandon(turn, &sign_in);
    if sign_in.listening == Listening::Over {
        return way::root(session);
    }
    let request = turn.ask(Request::Updates {
        token: session.token.clone(),
        connection_id: sign_in.connection_id.clone(),
        attempt_id: sign_in.attempt_id,
        wait_ms: 0,
    });
    let farewell = Farewell { request, chosen: sign_in.chosen, connection_id: sign_in.connection_id };
    Place::Choosing { session, farewell: Some(farewell) }
}

/// Nothing of this sign-in may come any more: requests, timers, window.
pub(super) fn abandon(turn: &mut Turn<'_>, sign_in: &SignIn) {
    listening::stop(turn, sign_in.listening);
    if let Patience::Waiting(timer) = sign_in.patience {
        turn.forget(timer);
    }
    turn.forget(sign_in.life);
    close_window(turn, sign_in.window);
}

pub(super) fn close_window(turn: &mut Turn<'_>, window: Window) {
    if let Window::Open(ticket) = window {
        turn.effect(Effect::CloseWindow(ticket));
    }
}

#[cfg(test)]
mod tests {
    use super::is_web_address;

    #[test]
    fn a_window_is_sent_to_web_addresses_only() {
        for url in ["https://connect.example/oauth/start/9", "http://127.0.0.1:8081/oauth/start/9"] {
            assert!(is_web_address(url), "{url}");
        }
        for url in ["javascript:alert(1)", "data:text/html,x", "/oauth/start/9", "//connect.example", ""] {
            assert!(!is_web_address(url), "{url}");
        }
    }
}
