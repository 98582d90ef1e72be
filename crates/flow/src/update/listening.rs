//! Listening to the server while the person is elsewhere. Only the server's answer settles an attempt (invariant 2).
//!
//! Requests are held for a part of the waiting time at most, since proxies cut long silences; they never overlap, rest
//! between each other, and rest longer the more of them failed.

use railz_connect_contract::{AttemptId, CONNECTION_TIMEOUT, Connection, ConnectionId};

use super::turn::Turn;
use super::{account, outcome, sign_in};
use crate::state::{Listening, SignIn};
use crate::{Answer, Place, Request, RequestError, Session, Ticket};

const LONGEST_HOLD_MS: u32 = 25_000;
const REST_MS: u32 = 500;
const FIRST_REST_AFTER_FAILURE_MS: u32 = 1_000;
const LONGEST_REST_MS: u32 = 10_000;

/// How a request waits.
#[derive(Clone, Copy)]
pub(super) enum Wait {
    /// The server holds it until there is news.
    Held,
    /// The server answers at once.
    Now,
}

pub(super) fn ask(
    turn: &mut Turn<'_>,
    session: &Session,
    connection_id: &ConnectionId,
    attempt_id: Option<&AttemptId>,
    wait: Wait,
) -> Ticket {
    let wait_ms = match wait {
        Wait::Held => turn.config.session_timeout_ms.min(LONGEST_HOLD_MS),
        Wait::Now => 0,
    };
    turn.ask(Request::Updates {
        token: session.token.clone(),
        connection_id: connection_id.clone(),
        attempt_id: attempt_id.cloned(),
        wait_ms,
    })
}

pub(super) fn is_asking(listening: Listening, ticket: Ticket) -> bool {
    matches!(listening, Listening::Polling { request, .. } if request == ticket)
}

pub(super) fn is_resting(listening: Listening, ticket: Ticket) -> bool {
    matches!(listening, Listening::Resting { timer, .. } if timer == ticket)
}

pub(super) fn stop(turn: &mut Turn<'_>, listening: Listening) {
    match listening {
        Listening::Polling { request: ticket, .. } | Listening::Resting { timer: ticket, .. } => {
            turn.forget(ticket);
        }
        Listening::Over => {}
    }
}

pub(super) fn ask_now(turn: &mut Turn<'_>, session: &Session, sign_in: &mut SignIn) {
    if sign_in.listening == Listening::Over {
        return;
    }
    stop(turn, sign_in.listening);
    let request = ask(turn, session, &sign_in.connection_id, sign_in.attempt_id.as_ref(), Wait::Now);
    sign_in.listening = Listening::Polling { request, failures: 0 };
}

pub(super) fn rested(turn: &mut Turn<'_>, session: &Session, sign_in: &mut SignIn) {
    if let Listening::Resting { failures, .. } = sign_in.listening {
        let request = ask(turn, session, &sign_in.connection_id, sign_in.attempt_id.as_ref(), Wait::Held);
        sign_in.listening = Listening::Polling { request, failures };
    }
}

pub(super) fn answered(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    mut sign_in: Box<SignIn>,
    result: Result<Answer, RequestError>,
) -> Place {
    match reading(&sign_in, result) {
        Reading::Settled(connection) => {
            sign_in::abandon(turn, &sign_in);
            outcome::settle(turn, session, sign_in.chosen, connection)
        }
        Reading::ChoiceDue(connection) => {
            sign_in::abandon(turn, &sign_in);
            account::begin(turn, session, sign_in.chosen, *connection)
        }
        Reading::Refused(error) => {
            sign_in::abandon(turn, &sign_in);
            outcome::fail(turn, session, sign_in.chosen, Some(sign_in.connection_id), &error)
        }
        Reading::LifeIsOver => {
            sign_in::life_is_over(turn, &session, &mut sign_in);
            Place::AwaitingSignIn { session, sign_in }
        }
        Reading::NothingYet => {
            rest(turn, &mut sign_in, 0);
            Place::AwaitingSignIn { session, sign_in }
        }
        Reading::Unheard => {
            let failures = match sign_in.listening {
                Listening::Polling { failures, .. } | Listening::Resting { failures, .. } => failures + 1,
                Listening::Over => 1,
            };
            rest(turn, &mut sign_in, failures);
            Place::AwaitingSignIn { session, sign_in }
        }
    }
}

/// What an answer says about the attempt.
enum Reading {
    Settled(Box<Connection>),
    ChoiceDue(Box<Connection>),
    NothingYet,
    LifeIsOver,
    Refused(RequestError),
    Unheard,
}

fn reading(sign_in: &SignIn, result: Result<Answer, RequestError>) -> Reading {
    match result {
        Ok(Answer::News(Some(connection))) if connection.connection_id == sign_in.connection_id => {
            if outcome::is_undecided(&connection) {
                Reading::ChoiceDue(connection)
            } else {
                Reading::Settled(connection)
            }
        }
        Ok(Answer::News(_)) => Reading::NothingYet,
        Ok(_) | Err(RequestError::Unreachable | RequestError::Unreadable) => Reading::Unheard,
        Err(RequestError::Refused { message, .. }) if message == CONNECTION_TIMEOUT => Reading::NothingYet,
        Err(RequestError::Refused { status: 410, .. }) => Reading::LifeIsOver,
        Err(error) => Reading::Refused(error),
    }
}

fn rest(turn: &mut Turn<'_>, sign_in: &mut SignIn, failures: u32) {
    let doubled = FIRST_REST_AFTER_FAILURE_MS.saturating_mul(2u32.saturating_pow(failures.saturating_sub(1)));
    let rest_ms = if failures == 0 { REST_MS } else { doubled.min(LONGEST_REST_MS) };
    sign_in.listening = Listening::Resting { timer: turn.timer(rest_ms), failures };
}
