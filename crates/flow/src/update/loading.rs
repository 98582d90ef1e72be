//! Opening the session, for the first time or again.

use railz_connect_contract::{BUSINESS_NOT_FOUND, ServiceName};

use super::shared::turn::Turn;
use super::shared::{journey, session_call, unheard};
use crate::effect::{Effect, Report};
use crate::event::{RequestError, Response};
use crate::host_event::{ErrorCode, ErrorText, EventName, HostError, HostEvent, Parties};
use crate::session::{Session, SessionResponse};
use crate::state::{Lifecycle, Load, Stage, UnavailableCause};
use crate::substring;

/// The server's message when it will not make a new business; the host is shown it as it is.
const CREATION_BLOCKED: &str = "Business creation blocked";

/// Asks for the session; one that was open before goes on with its visit and journey.
pub(super) fn load(turn: &mut Turn<'_>, load: Load) -> Lifecycle {
    let request = session_call::send(turn, load.session());
    Lifecycle::Loading { request, load }
}

/// Asks once more after a failure, by a press or when the network is back.
pub(super) fn try_again(turn: &mut Turn<'_>, before: Load) -> Lifecycle {
    load(turn, if before == Load::First { Load::Retry } else { before })
}

/// Opens the session that the answer brings, or has the person read why there is none; of a refusal or a failure the host hears.
pub(super) fn handle_response(
    turn: &mut Turn<'_>,
    load: Load,
    result: Result<Response, RequestError>,
) -> Lifecycle {
    match result {
        Ok(Response::Session(response)) => open_session(turn, &load, *response),
        Ok(_) => fail(turn, load, &RequestError::Unreadable),
        Err(error) if error.is_not_authorised() || error.message() == Some(BUSINESS_NOT_FOUND) => {
            make_unavailable(turn, load, &error)
        }
        Err(error) => fail(turn, load, &error),
    }
}

fn open_session(turn: &mut Turn<'_>, load: &Load, response: SessionResponse) -> Lifecycle {
    report_exclusions(turn, &response);
    turn.bearer.renew(response.access_token.clone(), response.session_kind);
    let mut session = Box::new(Session::open(turn.config, response));
    let told = match load {
        Load::Again(before) => {
            session.journey = before.journey.clone();
            journey::resume(turn, &mut session);
            let connections = session.connections.clone();
            unheard::tell(turn, &mut session, &connections, &before.connections)
        }
        Load::First | Load::Retry => {
            journey::begin(turn, &mut session);
            turn.notify_host(HostEvent::Loaded(session.parties()));
            None
        }
    };
    if session.services().next().is_none() {
        let load = Load::Again(session);
        return Lifecycle::Unavailable { cause: UnavailableCause::NoServices, load };
    }
    Lifecycle::Open { session, stage: told.unwrap_or_else(Stage::root) }
}

/// Leaving out what is not there is most often a slip of the pen.
fn report_exclusions(turn: &mut Turn<'_>, response: &SessionResponse) {
    let has = |name: &ServiceName| response.integrations.iter().flatten().any(|one| one.service == *name);
    let excluded = turn.config.excluded_services.iter().filter(|name| turn.config.debug && !has(name));
    for name in excluded {
        turn.effect(Effect::Report(Report::NotOffered(name.clone())));
    }
}

fn make_unavailable(turn: &mut Turn<'_>, load: Load, error: &RequestError) -> Lifecycle {
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
    Lifecycle::Unavailable { cause, load }
}

fn fail(turn: &mut Turn<'_>, load: Load, error: &RequestError) -> Lifecycle {
    let raw = error.message().map(str::to_owned);
    notify_of_error(
        turn,
        EventName::Load,
        HostError { code: ErrorCode::General, text: ErrorText::OfCode, raw },
    );
    Lifecycle::LoadFailed { load }
}

fn notify_of_error(turn: &mut Turn<'_>, event: EventName, error: HostError) {
    let parties = Parties::default();
    turn.notify_host(HostEvent::Error { event, parties, connection_id: None, service: None, error });
}
