//! The person signs in elsewhere. Only the server's answer settles the attempt (invariant 2), its waiting time ends the
//! waiting alone (invariant 3), and nothing of it may come any more once it is abandoned.

use railz_connect_contract::{AddressResponse, CONNECTION_TIMEOUT, Connection};

use super::shared::polling::Wait;
use super::shared::turn::{Next, Turn};
use super::shared::{outcome, polling, unheard, window};
use super::{choosing_account, network};
use crate::config::is_web_address;
use crate::effect::Effect;
use crate::event::{Event, RequestError, Response, UserEvent};
use crate::funnel::FunnelEvent;
use crate::host_event::{ErrorCode, ErrorText, EventName, HostError, HostEvent};
use crate::session::Session;
use crate::state::{
    AwaitingAddress, BeforeSignIn, Choosing, FinalPoll, LongPoll, Patience, SignIn, SignInTimeout, Stage,
    Window,
};
use crate::ticket::Ticket;

/// For how long a server that does not say so is taken to accept the end of a sign-in.
const ASSUMED_EXPIRY_SECONDS: u32 = 30 * 60;

/// Timers of the browser hold milliseconds in 31 bits; beyond that they would fire at once.
const LONGEST_EXPIRY_SECONDS: u32 = 24 * 60 * 60;

/// Sends the window on its way and begins to listen. None where the address cannot be used.
pub(super) fn begin(
    turn: &mut Turn<'_>,
    stage: &AwaitingAddress,
    address: &AddressResponse,
) -> Option<Box<SignIn>> {
    let connection_id = address.connection_id.as_ref()?;
    if !is_web_address(&address.url) {
        return None;
    }
    if let Window::Open(ticket) = stage.window {
        turn.effect(Effect::SendWindow { ticket, url: address.url.clone() });
    }
    let timeout = SignInTimeout::Running(turn.start_timer(turn.config.session_timeout_ms));
    let seconds = address.expires_in_seconds.unwrap_or(ASSUMED_EXPIRY_SECONDS).min(LONGEST_EXPIRY_SECONDS);
    let expiry = turn.start_timer(seconds * 1000);
    let request = polling::send(turn, connection_id, address.attempt_id.as_ref(), Wait::Long);
    Some(Box::new(SignIn {
        service: stage.service.clone(),
        url: address.url.clone(),
        start_proof: address.start_proof.clone(),
        connection_id: connection_id.clone(),
        attempt_id: address.attempt_id.clone(),
        window_name: stage.window_name,
        window: stage.window,
        poll: LongPoll::Waiting(request),
        timeout,
        expiry: Some(expiry),
    }))
}

pub(super) fn update(
    turn: &mut Turn<'_>,
    session: &mut Session,
    sign_in: &mut SignIn,
    event: &Event,
) -> Next {
    match event {
        Event::Response { ticket, result } if sign_in.poll == LongPoll::Waiting(*ticket) => {
            return handle_response(turn, session, sign_in, result);
        }
        Event::TimerFired(ticket) => timer_fired(turn, session, sign_in, *ticket),
        Event::PageRestored => polling::ask_now(turn, sign_in),
        // The request that is held may have gone with the network, or with a machine's sleep.
        event if network::is_awake(event) => polling::ask_now(turn, sign_in),
        // A closed window settles nothing (invariant 2): the words change, and the server is asked.
        Event::WindowClosed(ticket) if sign_in.window == Window::Open(*ticket) => {
            turn.count(FunnelEvent::WindowClosed(sign_in.service.name.clone()));
            sign_in.window = Window::Closed;
            polling::ask_now(turn, sign_in);
        }
        Event::WindowBlocked(ticket) => {
            window::block(turn, &mut sign_in.window, *ticket, &sign_in.service.name);
        }
        Event::StartPageAsked(ticket) if sign_in.window == Window::Open(*ticket) => {
            if let Some(proof) = sign_in.start_proof.clone() {
                turn.effect(Effect::ProveStart { ticket: *ticket, proof });
            }
        }
        Event::User(UserEvent::OpenWindow) if sign_in.poll != LongPoll::Ended => reopen(turn, sign_in),
        Event::User(UserEvent::FollowLink) if sign_in.window == Window::Blocked => {
            sign_in.window = Window::Unwatched;
        }
        Event::User(UserEvent::Back) => return give_up(turn, session, sign_in).into(),
        Event::User(UserEvent::TryAgain) if sign_in.timeout == SignInTimeout::Elapsed => {
            abandon(turn, sign_in);
            let has_unheard = session.journey.has_unheard(&sign_in.service);
            unheard::leave(session, &sign_in.service, Some(&sign_in.connection_id));
            // One before this may have connected something: the list says it before anything is tried once more.
            if sign_in.poll == LongPoll::Ended && has_unheard {
                return Next::LoadAgain;
            }
            let service = sign_in.service.clone();
            return Stage::BeforeSignIn(BeforeSignIn { service, problem: None }).into();
        }
        _ => {}
    }
    Next::Stay
}

fn timer_fired(turn: &mut Turn<'_>, session: &Session, sign_in: &mut SignIn, ticket: Ticket) {
    if sign_in.expiry == Some(ticket) {
        // A machine that slept comes here before its network does, and the sign-in may have been finished meanwhile.
        time_out(turn, session, sign_in);
        sign_in.expiry = None;
        polling::ask_now(turn, sign_in);
    } else if sign_in.timeout == SignInTimeout::Running(ticket) {
        time_out(turn, session, sign_in);
    } else if sign_in.poll == LongPoll::Resting(ticket) {
        polling::ask_again(turn, sign_in);
    }
}

fn reopen(turn: &mut Turn<'_>, sign_in: &mut SignIn) {
    turn.count(FunnelEvent::WindowReopened(sign_in.service.name.clone()));
    window::close(turn, sign_in.window);
    let ticket = turn.ticket();
    turn.effect(Effect::OpenWindow {
        ticket,
        name: sign_in.window_name,
        service: sign_in.service.name.clone(),
        display_name: sign_in.service.display_name.clone(),
    });
    turn.effect(Effect::SendWindow { ticket, url: sign_in.url.clone() });
    sign_in.window = Window::Open(ticket);
}

/// The waiting is over, the attempt is not (invariant 3).
fn time_out(turn: &mut Turn<'_>, session: &Session, sign_in: &mut SignIn) {
    if let SignInTimeout::Running(timer) = sign_in.timeout {
        turn.cancel(timer);
        sign_in.timeout = SignInTimeout::Elapsed;
        turn.notify_host(HostEvent::Error {
            event: EventName::Timeout,
            parties: session.parties(),
            connection_id: Some(sign_in.connection_id.clone()),
            service: Some(sign_in.service.name.clone()),
            error: HostError {
                code: ErrorCode::Timeout,
                text: ErrorText::Server(CONNECTION_TIMEOUT.to_owned()),
                raw: None,
            },
        });
    }
}

/// The server accepts the end of this sign-in no longer.
fn expire(turn: &mut Turn<'_>, session: &Session, sign_in: &mut SignIn) {
    time_out(turn, session, sign_in);
    polling::stop(turn, sign_in.poll);
    cancel_expiry(turn, sign_in);
    sign_in.expiry = None;
    sign_in.poll = LongPoll::Ended;
}

/// The person stops waiting. The server is asked once more, for a success that came just before.
fn give_up(turn: &mut Turn<'_>, session: &mut Session, sign_in: &SignIn) -> Stage {
    abandon(turn, sign_in);
    if sign_in.poll == LongPoll::Ended {
        unheard::leave(session, &sign_in.service, Some(&sign_in.connection_id));
        return Stage::root();
    }
    let request = polling::send(turn, &sign_in.connection_id, sign_in.attempt_id.as_ref(), Wait::Not);
    let (service, connection_id) = (sign_in.service.clone(), sign_in.connection_id.clone());
    Stage::Choosing(Choosing { final_poll: Some(FinalPoll { request, service, connection_id }) })
}

/// Nothing of this sign-in may come any more: requests, timers, window.
pub(super) fn abandon(turn: &mut Turn<'_>, sign_in: &SignIn) {
    polling::stop(turn, sign_in.poll);
    if let SignInTimeout::Running(timer) = sign_in.timeout {
        turn.cancel(timer);
    }
    cancel_expiry(turn, sign_in);
    window::close(turn, sign_in.window);
}

fn cancel_expiry(turn: &mut Turn<'_>, sign_in: &SignIn) {
    if let Some(timer) = sign_in.expiry {
        turn.cancel(timer);
    }
}

fn handle_response(
    turn: &mut Turn<'_>,
    session: &mut Session,
    sign_in: &mut SignIn,
    result: &Result<Response, RequestError>,
) -> Next {
    match read(sign_in, result) {
        PollResult::Settled(connection) => {
            abandon(turn, sign_in);
            return outcome::settle(turn, session, &sign_in.service, connection).into();
        }
        PollResult::ChoiceDue(connection) => {
            abandon(turn, sign_in);
            return choosing_account::begin(turn, &sign_in.service, connection).into();
        }
        PollResult::Refused(error) => {
            abandon(turn, sign_in);
            let id = Some(&sign_in.connection_id);
            // A server that refuses the session says nothing of the attempt: what becomes of it is told with the next list.
            if error.is_not_authorised() {
                unheard::leave(session, &sign_in.service, id);
            }
            return outcome::fail(turn, session, &sign_in.service, id, error).into();
        }
        PollResult::Expired => expire(turn, session, sign_in),
        PollResult::NothingYet if sign_in.expiry.is_none() => expire(turn, session, sign_in),
        PollResult::NothingYet | PollResult::NoAnswer => polling::rest(turn, sign_in),
    }
    Next::Stay
}

/// What a poll's answer says about the attempt.
enum PollResult<'a> {
    Settled(&'a Connection),
    ChoiceDue(&'a Connection),
    NothingYet,
    NoAnswer,
    Expired,
    Refused(&'a RequestError),
}

fn read<'a>(sign_in: &SignIn, result: &'a Result<Response, RequestError>) -> PollResult<'a> {
    match result {
        Ok(Response::Update(Some(connection))) if connection.connection_id == sign_in.connection_id => {
            if outcome::is_undecided(connection) {
                PollResult::ChoiceDue(connection)
            } else {
                PollResult::Settled(connection)
            }
        }
        Err(RequestError::Refused { message, .. }) if message == CONNECTION_TIMEOUT => PollResult::NothingYet,
        Err(RequestError::Refused { status: 410, .. }) => PollResult::Expired,
        // The last try of a poll that is not held.
        Err(error) if Patience::Endless.outlasts(error) => PollResult::NoAnswer,
        Err(error) => PollResult::Refused(error),
        Ok(Response::Update(_)) => PollResult::NothingYet,
        Ok(_) => PollResult::NoAnswer,
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
