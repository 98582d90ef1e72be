//! Opening the session, for the first time or again.

use railz_connect_contract::{BUSINESS_NOT_FOUND, ServiceName};

use super::turn::Turn;
use super::way;
use crate::state::Visit;
use crate::{
    Answer, Effect, ErrorCode, ErrorText, EventName, HostError, HostEvent, Parties, Place, Report, Request,
    RequestError, Session, SessionResponse, UnavailableCause,
};

/// The server's message when it will not make a new business; the host is shown it as it is.
const CREATION_BLOCKED: &str = "Business creation blocked";

pub(super) fn load(turn: &mut Turn<'_>, visit: Visit) -> Place {
    let (business_name, business_uuid) = match &visit {
        Visit::First | Visit::Retry => (turn.config.business_name.clone(), turn.config.business_uuid.clone()),
        Visit::Again(session) => (Some(session.business_name.clone()), Some(session.business_uuid.clone())),
    };
    let request = turn.ask(Request::Session { business_name, business_uuid });
    Place::Loading { request, visit }
}

pub(super) fn try_again(turn: &mut Turn<'_>, visit: Visit) -> Place {
    load(turn, if visit == Visit::First { Visit::Retry } else { visit })
}

pub(super) fn answered(turn: &mut Turn<'_>, visit: Visit, result: Result<Answer, RequestError>) -> Place {
    match result {
        Ok(Answer::Session(response)) => opened(turn, &visit, *response),
        Ok(_) => failed(turn, visit, &RequestError::Unreadable),
        Err(error) if error.is_not_authorised() || error.message() == Some(BUSINESS_NOT_FOUND) => {
            refused(turn, visit, &error)
        }
        Err(error) => failed(turn, visit, &error),
    }
}

fn opened(turn: &mut Turn<'_>, visit: &Visit, response: SessionResponse) -> Place {
    report_exclusions(turn, &response);
    let mut session = Box::new(Session::open(turn.config, response));
    match visit {
        Visit::Again(before) => {
            session.journey = before.journey.clone();
            way::resume(turn, &mut session);
        }
        Visit::First | Visit::Retry => {
            way::begin(turn, &mut session);
            turn.tell(HostEvent::Loaded(session.parties()));
        }
    }
    if session.services().next().is_none() {
        let visit = Visit::Again(session);
        return Place::Unavailable { cause: UnavailableCause::NoServices, visit };
    }
    way::root(session)
}

/// Leaving out what is not there is most often a slip of the pen.
fn report_exclusions(turn: &mut Turn<'_>, response: &SessionResponse) {
    let has = |name: &ServiceName| response.integrations.iter().flatten().any(|one| one.service == *name);
    let excluded = turn.config.excluded_services.iter().filter(|name| turn.config.debug && !has(name));
    for name in excluded {
        turn.effect(Effect::Report(Report::NotOffered(name.clone())));
    }
}

fn refused(turn: &mut Turn<'_>, visit: Visit, error: &RequestError) -> Place {
    let message = error.message().unwrap_or_default();
    let (code, cause) = if message == BUSINESS_NOT_FOUND {
        (ErrorCode::BusinessNotFound, UnavailableCause::BusinessNotFound)
    } else {
        (ErrorCode::Authentication, UnavailableCause::NotAuthorised)
    };
    let text = if message.contains(CREATION_BLOCKED) {
        ErrorText::Server(message.to_owned())
    } else {
        ErrorText::OfCode
    };
    tell(turn, EventName::Authorization, HostError { code, text, raw: error.message().map(str::to_owned) });
    Place::Unavailable { cause, visit }
}

fn failed(turn: &mut Turn<'_>, visit: Visit, error: &RequestError) -> Place {
    let raw = error.message().map(str::to_owned);
    tell(turn, EventName::Load, HostError { code: ErrorCode::General, text: ErrorText::OfCode, raw });
    Place::LoadFailed { visit }
}

fn tell(turn: &mut Turn<'_>, event: EventName, error: HostError) {
    let parties = Parties::default();
    turn.tell(HostEvent::Error { event, parties, connection_id: None, service: None, error });
}
