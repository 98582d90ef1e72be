//! Handing the connection to the host's success page, and what follows if the page will not be left.
//!
//! Where attempts are unheard the server is asked what became of them, since nobody listens once the page is left; and then to
//! sign what the page receives. Nobody waits long for either: where nothing comes, the page goes on with what a browser can say by
//! itself. Address, `state` and fields are those of the moment in which the form is sent, since
//! the session may have been renewed meanwhile.

use railz_connect_contract::Connection;

use super::turn::Turn;
use crate::config::AfterSuccess;
use crate::effect::{Effect, FormField, HandOverForm, Request};
use crate::event::{RequestError, Response};
use crate::host_event::{ErrorCode, ErrorText, EventName, HostError, HostEvent};
use crate::session::Session;
use crate::state::{Connected, HandingOver, LastQuestion};
use crate::steps;
use crate::ticket::Ticket;

/// The longest that the success page waits for the host to hear of attempts that are unheard, in milliseconds.
const ASKING_MAY_TAKE_MS: u32 = 3_000;

/// The longest that the success page waits for its connectionToken, in milliseconds, a renewal of the session included.
const SIGNING_MAY_TAKE_MS: u32 = 3_000;

/// If the page is still there after this time, it will hardly be left by itself. A success page may take long to answer, and a
/// page goes on meanwhile: who is offered a button too early posts twice.
const STILL_HERE_AFTER_MS: u32 = 30_000;

/// Begins to leave the page, where the host wants that: at once, or after the server was asked for the last time what became of
/// attempts that are unheard. Where the page is not left somebody goes on
/// listening, and nothing is asked.
pub(in crate::update) fn begin(turn: &mut Turn<'_>, session: &Session) -> HandingOver {
    if session.journey.unheard.is_empty() || session.after_success == AfterSuccess::Stay {
        return go_on(turn, session);
    }
    let question = LastQuestion::Status(turn.send(Request::Status));
    HandingOver::Asking { question, timer: turn.start_timer(ASKING_MAY_TAKE_MS) }
}

/// Nothing is unheard any more, or nobody can be waited for.
pub(in crate::update) fn go_on(turn: &mut Turn<'_>, session: &Session) -> HandingOver {
    match session.after_success.clone() {
        AfterSuccess::Stay => HandingOver::NotNeeded,
        to @ AfterSuccess::Redirect { .. } => {
            leave(turn, HandOverForm { to, fields: Vec::new(), connection_token: None })
        }
        AfterSuccess::Post { .. } | AfterSuccess::Get { .. } => {
            let request = turn.send(Request::ConnectionToken);
            HandingOver::Signing { request, timer: turn.start_timer(SIGNING_MAY_TAKE_MS) }
        }
    }
}

/// Sends the form, signed where the server said something in time.
pub(in crate::update) fn submit(
    turn: &mut Turn<'_>,
    session: &Session,
    stage: &Connected,
    signed: &Result<Response, RequestError>,
) -> HandingOver {
    let to = session.after_success.clone();
    let connection_token = match signed {
        Ok(Response::ConnectionToken(token)) => token.clone(),
        _ => None,
    };
    match to {
        AfterSuccess::Post { .. } | AfterSuccess::Get { .. } => {
            leave(turn, HandOverForm { to, fields: fields(session, stage), connection_token })
        }
        // A renewed session says so.
        AfterSuccess::Redirect { .. } | AfterSuccess::Stay => go_on(turn, session),
    }
}

/// Where the first success ends the journey it is that connection, and else all that this visit has made, each as a pair of
/// fields in the order in which they were made. Where nothing was made, the connection that was there before.
fn fields(session: &Session, stage: &Connected) -> Vec<FormField> {
    let completed = &session.journey.completed;
    let one = &stage.connection;
    let made: Vec<_> = if steps::ends_with_the_first_success(session) {
        vec![(&one.connection_id, &stage.service.name)]
    } else if completed.is_empty() {
        vec![(&one.connection_id, &one.name)]
    } else {
        completed.iter().map(|one| (&one.connection.connection_id, &one.service.name)).collect()
    };
    let field = |name, value: &str| FormField { name, value: value.to_owned() };
    let mut fields: Vec<_> = made.iter().map(|(id, _)| field("connectionId", id.as_str())).collect();
    fields.push(field("businessName", session.business_name.as_str()));
    fields.push(field("businessUuid", session.business_uuid.as_str()));
    fields.extend(made.iter().map(|(_, service)| field("serviceName", service.as_str())));
    fields.extend(session.state.as_ref().map(|state| field("state", &state.0)));
    fields
}

/// The time that the page has begins here, and not when the server is asked.
fn leave(turn: &mut Turn<'_>, form: HandOverForm) -> HandingOver {
    let timer = turn.start_timer(STILL_HERE_AFTER_MS);
    turn.effect(Effect::HandOver(form));
    HandingOver::UnderWay { timer }
}

/// The page is still there: the host hears of it, a button goes on by hand.
pub(in crate::update) fn get_stuck(
    turn: &mut Turn<'_>,
    session: &Session,
    connection: &Connection,
    timer: Ticket,
) -> HandingOver {
    turn.cancel(timer);
    turn.notify_host(HostEvent::Error {
        event: EventName::Load,
        parties: session.parties(),
        connection_id: Some(connection.connection_id.clone()),
        service: Some(connection.name.clone()),
        error: HostError { code: ErrorCode::General, text: ErrorText::HandOverStuck, raw: None },
    });
    HandingOver::Stuck
}
