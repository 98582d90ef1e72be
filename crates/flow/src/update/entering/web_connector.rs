//! QuickBooks Desktop: the person takes a file and a password to QuickBooks Web Connector, and the status is asked until
//! it has called. An older file goes on working meanwhile, so only what changes counts.

use railz_connect_contract::{AddressResponse, Connection};

use crate::config::is_web_address;
use crate::effect::{Effect, Request};
use crate::event::{Event, RequestError, Response, UserEvent};
use crate::session::Session;
use crate::state::{ConnectorNotice, Entering, EntryStep, StatusPoll, WebConnector, file_name};
use crate::update::shared::turn::{Next, Turn};
use crate::update::shared::{guide, outcome, unheard};

const REST_MS: u32 = 2_000;
const REST_AFTER_FAILURE_MS: u32 = 5_000;

/// None where the answer lacks the file or the password, or where people get the connector is no web address: it becomes a link.
pub(super) fn begin(
    turn: &mut Turn<'_>,
    session: &Session,
    stage: &Entering,
    address: &AddressResponse,
) -> Option<WebConnector> {
    let (file, password) = (address.config.clone()?, address.password.clone()?);
    if !is_web_address(&address.url) {
        return None;
    }
    let seen = find(&session.connections, stage);
    let poll = ask(turn);
    Some(WebConnector { url: address.url.clone(), file, password, revealed: false, note: None, seen, poll })
}

fn ask(turn: &mut Turn<'_>) -> StatusPoll {
    StatusPoll::Waiting(turn.send(Request::Status))
}

pub(super) fn stop(turn: &mut Turn<'_>, connector: &WebConnector) {
    let (StatusPoll::Waiting(ticket) | StatusPoll::Resting(ticket)) = connector.poll;
    turn.cancel(ticket);
}

fn find(connections: &[Connection], stage: &Entering) -> Option<Box<Connection>> {
    let found = outcome::find(connections, stage.connection_id.as_ref(), &stage.service);
    found.map(|connection| Box::new(connection.clone()))
}

pub(super) fn update(
    turn: &mut Turn<'_>,
    session: &mut Session,
    stage: &mut Entering,
    event: &Event,
) -> Next {
    let EntryStep::Connector(connector) = &mut stage.step else { return Next::Stay };
    match (connector.poll, event) {
        (StatusPoll::Waiting(request), Event::Response { ticket, result }) if *ticket == request => {
            return handle_response(turn, session, stage, result);
        }
        (StatusPoll::Resting(timer), Event::TimerFired(ticket)) if *ticket == timer => {
            connector.poll = ask(turn);
        }
        (_, Event::Copied(done)) => report_copy(connector, *done),
        (_, Event::User(user)) => press(turn, session, connector, user),
        _ => {}
    }
    Next::Stay
}

fn press(turn: &mut Turn<'_>, session: &Session, connector: &mut WebConnector, user: &UserEvent) {
    match user {
        UserEvent::CopyPassword => turn.effect(Effect::Copy(connector.password.clone())),
        UserEvent::RevealPassword => {
            connector.revealed = !connector.revealed;
            connector.note =
                Some(if connector.revealed { ConnectorNotice::Revealed } else { ConnectorNotice::Hidden });
        }
        UserEvent::SaveFile => {
            let name = file_name(&session.business_name);
            turn.effect(Effect::Save { name, text: connector.file.clone() });
            connector.note = Some(ConnectorNotice::Saved);
        }
        _ => {}
    }
}

/// What cannot be copied can be read, and copied by hand.
fn report_copy(connector: &mut WebConnector, done: bool) {
    connector.note = Some(if done { ConnectorNotice::Copied } else { ConnectorNotice::NotCopied });
    connector.revealed |= !done;
}

fn handle_response(
    turn: &mut Turn<'_>,
    session: &mut Session,
    stage: &mut Entering,
    result: &Result<Response, RequestError>,
) -> Next {
    let found = match result {
        Ok(Response::Connections(connections)) => find(connections, stage),
        _ => None,
    };
    let EntryStep::Connector(connector) = &mut stage.step else { return Next::Stay };
    let rest_ms = match result {
        Ok(Response::Connections(_)) => {
            if let Some(connection) = found.as_deref().filter(|found| decides(connector, found)) {
                guide::cancel(turn, stage.guide);
                return outcome::settle(turn, session, &stage.service, connection).into();
            }
            connector.seen = found;
            REST_MS
        }
        Err(error) if error.is_not_authorised() => {
            guide::cancel(turn, stage.guide);
            let id = stage.connection_id.as_ref();
            unheard::leave(session, &stage.service, id);
            return outcome::fail(turn, session, &stage.service, id, error).into();
        }
        _ => REST_AFTER_FAILURE_MS,
    };
    connector.poll = StatusPoll::Resting(turn.start_timer(rest_ms));
    Next::Stay
}

/// Whether this differs from what was seen before, and decides something.
fn decides(connector: &WebConnector, connection: &Connection) -> bool {
    let same = |seen: &Connection| seen.state == connection.state && seen.error == connection.error;
    outcome::is_decided(connection) && !connector.seen.as_deref().is_some_and(same)
}
