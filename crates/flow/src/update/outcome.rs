//! How an attempt ended. Entered once an attempt, so the host hears at most one authorisation outcome (invariant 3).

use railz_connect_contract::{Connection, ConnectionError, ConnectionId, ConnectionState, RefusalReason};

use super::turn::Turn;
use super::way;
use crate::state::Ending;
use crate::{
    Chosen, ErrorCode, ErrorText, EventName, HostError, HostEvent, Place, Refusal, RequestError, Session,
};

/// How a connection's entry reads, in the order of the contract.
enum Verdict {
    Connected,
    Duplicate,
    Refused(Refusal),
    Undecided,
    Broken,
}

fn verdict(connection: &Connection) -> Verdict {
    match (connection.error, connection.state) {
        (Some(ConnectionError::DuplicateAccount), _) => Verdict::Duplicate,
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
            Some(RefusalReason::Unknown) | None => Refusal::InsufficientPermission,
        }),
        (_, ConnectionState::Pending) => Verdict::Undecided,
        _ => Verdict::Broken,
    }
}

pub(super) fn is_success(connection: &Connection) -> bool {
    matches!(verdict(connection), Verdict::Connected | Verdict::Duplicate)
}

/// Whether the entry says how it ended.
pub(super) fn is_decided(connection: &Connection) -> bool {
    matches!(verdict(connection), Verdict::Connected | Verdict::Duplicate | Verdict::Refused(_))
}

/// The connection of a list that an attempt was about: by its id, or, where the server named none, the newest one to the
/// service. `mock` is whether it is one of the sandbox form, which wears another service's name.
pub(super) fn find(
    connections: Vec<Connection>,
    id: Option<&ConnectionId>,
    chosen: &Chosen,
    mock: bool,
) -> Option<Connection> {
    match id {
        Some(id) => connections.into_iter().find(|one| one.connection_id == *id),
        None => connections
            .into_iter()
            .filter(|one| one.is_mock_data == mock && one.name == chosen.name)
            .max_by(|one, other| one.created_at.cmp(&other.created_at)),
    }
}

pub(super) fn is_undecided(connection: &Connection) -> bool {
    matches!(verdict(connection), Verdict::Undecided)
}

pub(super) fn settle(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    connection: Box<Connection>,
) -> Place {
    match verdict(&connection) {
        Verdict::Connected => connected(turn, session, chosen, connection),
        Verdict::Duplicate => {
            let code = ErrorCode::DuplicateAccount;
            tell(
                turn,
                &session,
                &chosen,
                Some(connection.connection_id),
                EventName::Authorization,
                own(code),
            );
            Place::Ended { session, chosen, ending: Ending::Duplicate }
        }
        Verdict::Refused(refusal) => {
            let code = code_of(refusal);
            tell(
                turn,
                &session,
                &chosen,
                Some(connection.connection_id),
                EventName::Authorization,
                own(code),
            );
            Place::Ended { session, chosen, ending: Ending::Refused(refusal) }
        }
        Verdict::Undecided | Verdict::Broken => {
            fail(turn, session, chosen, Some(connection.connection_id), &RequestError::Unreadable)
        }
    }
}

fn connected(
    turn: &mut Turn<'_>,
    mut session: Box<Session>,
    chosen: Box<Chosen>,
    connection: Box<Connection>,
) -> Place {
    session.journey.remember(&chosen, &connection);
    turn.tell(HostEvent::Authorized {
        parties: session.parties(),
        connection_id: connection.connection_id.clone(),
        service: chosen.name.clone(),
        account: connection.service_account_ref.clone().filter(|account| account.id.is_some()),
    });
    let handing_over = way::after_success(turn, &session, &chosen, &connection);
    Place::Connected { session, chosen, connection, handing_over }
}

/// The request that should have told the outcome failed: a poll, or the status. The two tell a host, as opening the session
/// does, that the widget is not authorised (section 2 of the interface).
pub(super) fn fail(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    connection_id: Option<ConnectionId>,
    error: &RequestError,
) -> Place {
    let (event, code) = if error.is_not_authorised() {
        (EventName::Authorization, ErrorCode::Authentication)
    } else {
        (EventName::Load, ErrorCode::General)
    };
    failed(turn, session, chosen, connection_id, error, (event, code))
}

/// A request on the way to the outcome failed; whatever its status, that is a general failure.
pub(super) fn fail_on_the_way(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    connection_id: Option<ConnectionId>,
    error: &RequestError,
) -> Place {
    failed(turn, session, chosen, connection_id, error, (EventName::Load, ErrorCode::General))
}

fn failed(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    connection_id: Option<ConnectionId>,
    error: &RequestError,
    (event, code): (EventName, ErrorCode),
) -> Place {
    // A server that answers with what it was sent would hand the token on (invariant 4).
    let message = error.message().map(|message| message.replace(session.token.expose(), "…"));
    let host_error = HostError { code, text: ErrorText::OfCode, raw: message.clone() };
    tell(turn, &session, &chosen, connection_id, event, host_error);
    Place::Ended { session, chosen, ending: Ending::Failed(message) }
}

/// What the person would have used could not be loaded.
pub(super) fn not_loaded(turn: &mut Turn<'_>, session: Box<Session>, chosen: Box<Chosen>) -> Place {
    let id = chosen.bank.as_ref().map(|bank| bank.connection_id.clone());
    tell(turn, &session, &chosen, id, EventName::Load, HostError { raw: None, ..own(ErrorCode::General) });
    Place::Ended { session, chosen, ending: Ending::NotLoaded }
}

fn own(code: ErrorCode) -> HostError {
    HostError { code, text: ErrorText::OfCode, raw: Some(code.as_str().to_owned()) }
}

fn code_of(refusal: Refusal) -> ErrorCode {
    match refusal {
        Refusal::AccessDenied | Refusal::InsufficientPermission | Refusal::DifferentAccount => {
            ErrorCode::InsufficientPermission
        }
        Refusal::UnauthorizedCredentials => ErrorCode::UnauthorizedCredentials,
        Refusal::UnauthorizedClientIdKey => ErrorCode::UnauthorizedClientIdKey,
    }
}

fn tell(
    turn: &mut Turn<'_>,
    session: &Session,
    chosen: &Chosen,
    connection_id: Option<ConnectionId>,
    event: EventName,
    error: HostError,
) {
    turn.tell(HostEvent::Error {
        event,
        parties: session.parties(),
        connection_id,
        service: Some(chosen.name.clone()),
        error,
    });
}
