//! The last question before nobody listens any more: tells what the server says of the attempts that are unheard, and asks on where
//! it refuses to (invariant 8). Whoever asks first says for how long.

use super::turn::Turn;
use super::{session_call, unheard};
use crate::event::{RequestError, Response};
use crate::funnel::FunnelEvent;
use crate::session::Session;
use crate::state::LastQuestion;

/// How far the last question is.
pub(in crate::update) enum Progress {
    /// This is asked now.
    Asking(LastQuestion),
    /// The host heard what there is, or that nobody knows.
    Over,
}

/// What the answer leads to. Whoever is refused the status may still have the list, as long as the session is good.
pub(in crate::update) fn receive(
    turn: &mut Turn<'_>,
    session: &mut Session,
    question: LastQuestion,
    result: &Result<Response, RequestError>,
) -> Progress {
    match (question, result) {
        (_, Ok(Response::Connections(connections))) => {
            let before = session.connections.clone();
            unheard::tell_successes(turn, session, connections, &before);
        }
        (_, Ok(Response::Session(response))) => {
            turn.bearer.renew(response.access_token.clone(), response.session_kind);
            session.renew_settings(turn.config, response);
            let before = session.connections.clone();
            let connections = response.connections.as_deref().unwrap_or_default();
            unheard::tell_successes(turn, session, connections, &before);
        }
        (LastQuestion::Status(_), Err(error)) if !error.may_pass() && !error.is_token_refused() => {
            return Progress::Asking(LastQuestion::List(session_call::send(turn, Some(session))));
        }
        _ => give_up(turn, session),
    }
    Progress::Over
}

/// Nobody could say what became of the attempts.
pub(in crate::update) fn give_up(turn: &mut Turn<'_>, session: &Session) {
    for attempt in &session.journey.unheard {
        turn.count(FunnelEvent::OutcomeUnknown(attempt.service.name.clone()));
    }
}
