//! Opening the session, for the first time or again.

use railz_connect_contract::{AccessToken, BUSINESS_NOT_FOUND, ServiceName};

use super::shared::journey;
use super::shared::turn::Turn;
use crate::config::Config;
use crate::effect::{Effect, Report, Request};
use crate::event::{RequestError, Response};
use crate::host_event::{ErrorCode, ErrorText, EventName, HostError, HostEvent, Parties};
use crate::session::{Session, SessionResponse};
use crate::state::{Lifecycle, Stage, TokenUse, UnavailableCause, Visit};
use crate::substring;

/// The server's message when it will not make a new business; the host is shown it as it is.
const CREATION_BLOCKED: &str = "Business creation blocked";

pub(super) fn load(turn: &mut Turn<'_>, visit: Visit) -> Lifecycle {
    let request = if turn.config.is_minted() {
        turn.send(request(turn.config, visit.session(), None))
    } else {
        let request = request(turn.config, visit.session(), turn.bearer.previous());
        turn.send_with(None, TokenUse::Last, request)
    };
    Lifecycle::Loading { request, visit }
}

/// The session call: of the business that the host names, or that was told of before.
pub(super) fn request(config: &Config, session: Option<&Session>, previous: Option<AccessToken>) -> Request {
    let (business_name, business_uuid) = match session {
        None => (config.business_name.clone(), config.business_uuid.clone()),
        Some(session) => (Some(session.business_name.clone()), Some(session.business_uuid.clone())),
    };
    Request::Session { business_name, business_uuid, previous }
}

pub(super) fn try_again(turn: &mut Turn<'_>, visit: Visit) -> Lifecycle {
    load(turn, if visit == Visit::First { Visit::Retry } else { visit })
}

pub(super) fn handle_response(
    turn: &mut Turn<'_>,
    visit: Visit,
    result: Result<Response, RequestError>,
) -> Lifecycle {
    match result {
        Ok(Response::Session(response)) => open_session(turn, &visit, *response),
        Ok(_) => fail(turn, visit, &RequestError::Unreadable),
        Err(error) if error.is_not_authorised() || error.message() == Some(BUSINESS_NOT_FOUND) => {
            make_unavailable(turn, visit, &error)
        }
        Err(error) => fail(turn, visit, &error),
    }
}

fn open_session(turn: &mut Turn<'_>, visit: &Visit, response: SessionResponse) -> Lifecycle {
    report_exclusions(turn, &response);
    turn.bearer.renew(response.access_token.clone(), response.session_kind);
    let mut session = Box::new(Session::open(turn.config, response));
    match visit {
        Visit::Again(before) => {
            session.journey = before.journey.clone();
            journey::resume(turn, &mut session);
        }
        Visit::First | Visit::Retry => {
            journey::begin(turn, &mut session);
            turn.notify_host(HostEvent::Loaded(session.parties()));
        }
    }
    if session.services().next().is_none() {
        let visit = Visit::Again(session);
        return Lifecycle::Unavailable { cause: UnavailableCause::NoServices, visit };
    }
    Lifecycle::Open { session, stage: Stage::root() }
}

/// Leaving out what is not there is most often a slip of the pen.
fn report_exclusions(turn: &mut Turn<'_>, response: &SessionResponse) {
    let has = |name: &ServiceName| response.integrations.iter().flatten().any(|one| one.service == *name);
    let excluded = turn.config.excluded_services.iter().filter(|name| turn.config.debug && !has(name));
    for name in excluded {
        turn.effect(Effect::Report(Report::NotOffered(name.clone())));
    }
}

fn make_unavailable(turn: &mut Turn<'_>, visit: Visit, error: &RequestError) -> Lifecycle {
    let message = error.message().unwrap_or_default();
    let (code, cause) = if message == BUSINESS_NOT_FOUND {
        (ErrorCode::BusinessNotFound, UnavailableCause::BusinessNotFound)
    } else {
        (ErrorCode::Authentication, UnavailableCause::NotAuthorised)
    };
    let text = if substring::contains(message, CREATION_BLOCKED) {
        ErrorText::Server(message.to_owned())
    } else {
        ErrorText::OfCode
    };
    notify_of_error(
        turn,
        EventName::Authorization,
        HostError { code, text, raw: error.message().map(str::to_owned) },
    );
    Lifecycle::Unavailable { cause, visit }
}

fn fail(turn: &mut Turn<'_>, visit: Visit, error: &RequestError) -> Lifecycle {
    let raw = error.message().map(str::to_owned);
    notify_of_error(
        turn,
        EventName::Load,
        HostError { code: ErrorCode::General, text: ErrorText::OfCode, raw },
    );
    Lifecycle::LoadFailed { visit }
}

fn notify_of_error(turn: &mut Turn<'_>, event: EventName, error: HostError) {
    let parties = Parties::default();
    turn.notify_host(HostEvent::Error { event, parties, connection_id: None, service: None, error });
}
