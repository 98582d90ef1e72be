//! Listening to the server while the person is elsewhere.
//!
//! Requests are held for a part of the waiting time at most, since proxies cut long silences; they never overlap, and rest
//! between each other. What nobody answers is no concern of this: `patience.rs` sends it again.

use railz_connect_contract::{AttemptId, ConnectionId};

use super::turn::Turn;
use crate::effect::Request;
use crate::state::{LongPoll, SignIn};
use crate::ticket::Ticket;

const LONGEST_HOLD_MS: u32 = 25_000;
const REST_MS: u32 = 500;

/// How a request waits.
#[derive(Clone, Copy)]
pub(in crate::update) enum Wait {
    /// The server holds it until there is something to say.
    Long,
    /// The server answers at once.
    Not,
}

pub(in crate::update) fn send(
    turn: &mut Turn<'_>,
    connection_id: &ConnectionId,
    attempt_id: Option<&AttemptId>,
    wait: Wait,
) -> Ticket {
    let wait_ms = match wait {
        Wait::Long => turn.config.session_timeout_ms.min(LONGEST_HOLD_MS),
        Wait::Not => 0,
    };
    turn.send(Request::Updates {
        connection_id: connection_id.clone(),
        attempt_id: attempt_id.cloned(),
        wait_ms,
    })
}

pub(in crate::update) fn stop(turn: &mut Turn<'_>, poll: LongPoll) {
    match poll {
        LongPoll::Waiting(ticket) | LongPoll::Resting(ticket) => {
            turn.cancel(ticket);
        }
        LongPoll::Ended => {}
    }
}

pub(in crate::update) fn ask_now(turn: &mut Turn<'_>, sign_in: &mut SignIn) {
    if sign_in.poll == LongPoll::Ended {
        return;
    }
    stop(turn, sign_in.poll);
    let request = send(turn, &sign_in.connection_id, sign_in.attempt_id.as_ref(), Wait::Not);
    sign_in.poll = LongPoll::Waiting(request);
}

/// The rest is over.
pub(in crate::update) fn ask_again(turn: &mut Turn<'_>, sign_in: &mut SignIn) {
    let request = send(turn, &sign_in.connection_id, sign_in.attempt_id.as_ref(), Wait::Long);
    sign_in.poll = LongPoll::Waiting(request);
}

/// The server was heard, and has nothing to say yet.
pub(in crate::update) fn rest(turn: &mut Turn<'_>, sign_in: &mut SignIn) {
    sign_in.poll = LongPoll::Resting(turn.start_timer(REST_MS));
}
