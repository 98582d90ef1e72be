//! How an attempt ended. Entered once an attempt, so the host hears at most one authorisation outcome (invariant 3).

use railz_connect_contract::{Connection, ConnectionError, ConnectionId, ConnectionState, RefusalReason};

use super::journey;
use super::turn::Turn;
use crate::event::{RequestError, is_for_people};
use crate::host_event::{ErrorCode, ErrorText, EventName, HostError, HostEvent};
use crate::service::{ConnectMethod, SelectedService};
use crate::session::Session;
use crate::state::{Connected, Ended, Ending, Refusal, Stage};

/// How a connection's entry reads, in the order of contract rule P4.
enum Verdict {
    Connected,
    Duplicate,
    Refused(Refusal),
    Undecided,
    Broken,
}

fn verdict(connection: &Connection) -> Verdict {
    match (connection.error, connection.state) {
        (Some(ConnectionError::DuplicateAccount), _) => match connection.reason {
            Some(RefusalReason::ConnectedHere) => Verdict::Refused(Refusal::ConnectedHere),
            _ => Verdict::Duplicate,
        },
        (_, ConnectionState::Active) => Verdict::Connected,
        (Some(ConnectionError::UnauthorizedClientIdKey), _) => {
            Verdict::Refused(Refusal::UnauthorizedClientIdKey)
        }
        (Some(ConnectionError::UnauthorizedCredentials), _) => {
            Verdict::Refused(Refusal::UnauthorizedCredentials)
        }
        (Some(ConnectionError::InsufficientPermission), _) => Verdict::Refused(match connection.reason {
            Some(RefusalReason::AccessDenied) => Refusal::AccessDenied,
            Some(RefusalReason::DifferentAccount) => Refusal::DifferentAccount,
            Some(RefusalReason::ConnectedHere | RefusalReason::Unknown) | None => {
                Refusal::InsufficientPermission
            }
        }),
        (_, ConnectionState::Pending) => Verdict::Undecided,
        _ => Verdict::Broken,
    }
}

pub(in crate::update) fn is_success(connection: &Connection) -> bool {
    matches!(
        verdict(connection),
        Verdict::Connected | Verdict::Duplicate | Verdict::Refused(Refusal::ConnectedHere)
    )
}

pub(in crate::update) fn is_connected(connection: &Connection) -> bool {
    matches!(verdict(connection), Verdict::Connected)
}

/// Whether the entry says how it ended.
pub(in crate::update) fn is_decided(connection: &Connection) -> bool {
    matches!(verdict(connection), Verdict::Connected | Verdict::Duplicate | Verdict::Refused(_))
}

/// The connection of a list that an attempt was about: by its id, or, where the server named none, the newest one to the
/// service. One of the sandbox form wears another service's name.
pub(in crate::update) fn find<'a>(
    connections: &'a [Connection],
    id: Option<&ConnectionId>,
    service: &SelectedService,
) -> Option<&'a Connection> {
    let mock = service.method() == ConnectMethod::Sandbox || service.integration.is_none();
    match id {
        Some(id) => connections.iter().find(|one| one.connection_id == *id),
        None => connections
            .iter()
            .filter(|one| one.is_mock_data == mock && one.name == service.name)
            .max_by(|one, other| one.created_at.cmp(&other.created_at)),
    }
}

pub(in crate::update) fn is_undecided(connection: &Connection) -> bool {
    matches!(verdict(connection), Verdict::Undecided)
}

pub(in crate::update) fn settle(
    turn: &mut Turn<'_>,
    session: &mut Session,
    service: &SelectedService,
    connection: &Connection,
) -> Stage {
    let id = Some(&connection.connection_id);
    let (code, ending) = match verdict(connection) {
        Verdict::Connected => return succeed(turn, session, service, connection),
        Verdict::Duplicate => (ErrorCode::DuplicateAccount, Ending::Duplicate),
        Verdict::Refused(refusal) => (code_of(refusal), Ending::Refused(refusal)),
        Verdict::Undecided | Verdict::Broken => {
            return fail(turn, session, service, id, &RequestError::Unreadable);
        }
    };
    notify_of_error(turn, session, service, id, EventName::Authorization, error_of_code(code));
    end(service, ending)
}

fn end(service: &SelectedService, ending: Ending) -> Stage {
    Stage::Ended(Ended { service: Box::new(service.clone()), ending })
}

/// Settles with the connection of a list that the attempt was about.
pub(in crate::update) fn settle_in(
    turn: &mut Turn<'_>,
    session: &mut Session,
    service: &SelectedService,
    connections: &[Connection],
    connection_id: Option<&ConnectionId>,
) -> Stage {
    match find(connections, connection_id, service) {
        Some(connection) => settle(turn, session, service, connection),
        None => fail(turn, session, service, connection_id, &RequestError::Unreadable),
    }
}

fn succeed(
    turn: &mut Turn<'_>,
    session: &mut Session,
    service: &SelectedService,
    connection: &Connection,
) -> Stage {
    tell_success(turn, session, service, connection);
    let handing_over = journey::hand_over_if_done(turn, session);
    let (service, connection) = (Box::new(service.clone()), Box::new(connection.clone()));
    Stage::Connected(Connected { service, connection, handing_over })
}

/// Tells the host of a connection, and notes it.
pub(in crate::update) fn tell_success(
    turn: &mut Turn<'_>,
    session: &mut Session,
    service: &SelectedService,
    connection: &Connection,
) {
    session.journey.complete(service, connection);
    turn.notify_host(HostEvent::Authorized {
        parties: session.parties(),
        connection_id: connection.connection_id.clone(),
        service: service.name.clone(),
        account: connection.service_account_ref.clone().filter(|account| account.id.is_some()),
    });
}

/// The request that should have brought the outcome failed: a poll, or the status. With these two a host hears, as with the
/// session call, that the widget is not authorised (contract rule H7).
pub(in crate::update) fn fail(
    turn: &mut Turn<'_>,
    session: &Session,
    service: &SelectedService,
    connection_id: Option<&ConnectionId>,
    error: &RequestError,
) -> Stage {
    let (event, code) = if error.is_not_authorised() {
        (EventName::Authorization, ErrorCode::Authentication)
    } else {
        (EventName::Load, ErrorCode::General)
    };
    end_with_error(turn, session, service, connection_id, error, (event, code))
}

/// A request on the way to the outcome failed. Whatever its status, that is a general failure, unless the session is over and
/// was not to be renewed.
pub(in crate::update) fn fail_on_the_way(
    turn: &mut Turn<'_>,
    session: &Session,
    service: &SelectedService,
    connection_id: Option<&ConnectionId>,
    error: &RequestError,
) -> Stage {
    let told = if error.is_token_refused() {
        (EventName::Authorization, ErrorCode::Authentication)
    } else {
        (EventName::Load, ErrorCode::General)
    };
    end_with_error(turn, session, service, connection_id, error, told)
}

fn end_with_error(
    turn: &mut Turn<'_>,
    session: &Session,
    service: &SelectedService,
    connection_id: Option<&ConnectionId>,
    error: &RequestError,
    (event, code): (EventName, ErrorCode),
) -> Stage {
    let message = error.message().map(str::to_owned);
    let host_error = HostError { code, text: ErrorText::OfCode, raw: message.clone() };
    notify_of_error(turn, session, service, connection_id, event, host_error);
    // What a server says of its tokens is for developers, and so is a code.
    let words = message.filter(|message| is_for_people(message) && !error.is_token_refused());
    end(service, Ending::Failed(words))
}

/// What the person would have used could not be loaded.
pub(in crate::update) fn end_as_not_loaded(
    turn: &mut Turn<'_>,
    session: &Session,
    service: &SelectedService,
) -> Stage {
    notify_of_error(
        turn,
        session,
        service,
        service.bank.as_ref().map(|bank| &bank.connection_id),
        EventName::Load,
        HostError { raw: None, ..error_of_code(ErrorCode::General) },
    );
    end(service, Ending::NotLoaded)
}

fn error_of_code(code: ErrorCode) -> HostError {
    HostError { code, text: ErrorText::OfCode, raw: Some(code.as_str().to_owned()) }
}

fn code_of(refusal: Refusal) -> ErrorCode {
    match refusal {
        Refusal::AccessDenied | Refusal::InsufficientPermission | Refusal::DifferentAccount => {
            ErrorCode::InsufficientPermission
        }
        Refusal::ConnectedHere => ErrorCode::DuplicateAccount,
        Refusal::UnauthorizedCredentials => ErrorCode::UnauthorizedCredentials,
        Refusal::UnauthorizedClientIdKey => ErrorCode::UnauthorizedClientIdKey,
    }
}

fn notify_of_error(
    turn: &mut Turn<'_>,
    session: &Session,
    service: &SelectedService,
    connection_id: Option<&ConnectionId>,
    event: EventName,
    error: HostError,
) {
    turn.notify_host(HostEvent::Error {
        event,
        parties: session.parties(),
        connection_id: connection_id.cloned(),
        service: Some(service.name.clone()),
        error,
    });
}
