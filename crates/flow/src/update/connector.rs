//! QuickBooks Desktop: the person takes a file and a password to QuickBooks Web Connector, and the status is asked until
//! it has called. An older file goes on working meanwhile, so only what changes counts.

use railz_connect_contract::{AddressResponse, Connection, ConnectionId, ConnectionState};

use super::turn::Turn;
use super::{entering, guide, outcome};
use crate::{
    Answer, Chosen, Connector, Effect, Entry, EntryStep, Note, Place, Request, RequestError, Session,
    UserEvent, Watch,
};

const REST_MS: u32 = 2_000;
const REST_AFTER_FAILURE_MS: u32 = 5_000;
const LONGEST_FILE_NAME: usize = 10;

pub(super) fn begin(
    turn: &mut Turn<'_>,
    session: &Session,
    chosen: &Chosen,
    id: Option<&ConnectionId>,
    address: AddressResponse,
) -> Option<Connector> {
    let (file, password) = (address.config?, address.password?);
    let seen = outcome::find(session.connections.clone(), id, chosen, false).map(Box::new);
    let watch = ask(turn, session);
    Some(Connector { url: address.url, file, password, revealed: false, note: None, seen, watch })
}

fn ask(turn: &mut Turn<'_>, session: &Session) -> Watch {
    Watch::Asking(turn.ask(Request::Status { token: session.token.clone() }))
}

pub(super) fn leave(turn: &mut Turn<'_>, connector: &Connector) {
    let (Watch::Asking(ticket) | Watch::Resting(ticket)) = connector.watch;
    turn.forget(ticket);
}

pub(super) fn rested(turn: &mut Turn<'_>, session: &Session, connector: &mut Connector) {
    connector.watch = ask(turn, session);
}

/// The name under which the connector's file is saved: the beginning of the business's, as far as file names have it.
pub(crate) fn file_name(session: &Session) -> String {
    let name = session.business_name.as_str().chars().take(LONGEST_FILE_NAME);
    let name: String = name.map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    let name = name.trim_matches('-');
    format!("{}.qwc", if name.is_empty() { "connect" } else { name })
}

pub(super) fn pressed(turn: &mut Turn<'_>, session: &Session, connector: &mut Connector, user: &UserEvent) {
    match user {
        UserEvent::CopyPassword => turn.effect(Effect::Copy(connector.password.clone())),
        UserEvent::RevealPassword => {
            connector.revealed = !connector.revealed;
            connector.note = Some(if connector.revealed { Note::Revealed } else { Note::Hidden });
        }
        UserEvent::SaveFile => {
            turn.effect(Effect::Save { name: file_name(session), text: connector.file.clone() });
            connector.note = Some(Note::Saved);
        }
        _ => {}
    }
}

/// What cannot be copied can be read, and copied by hand.
pub(super) fn copied(connector: &mut Connector, done: bool) {
    connector.note = Some(if done { Note::Copied } else { Note::NotCopied });
    connector.revealed |= !done;
}

/// Whether the business is connected already.
pub(crate) fn is_connected(connector: &Connector) -> bool {
    connector.seen.as_ref().is_some_and(|seen| seen.state == ConnectionState::Active && seen.error.is_none())
}

pub(super) fn answered(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    mut entry: Box<Entry>,
    result: Result<Answer, RequestError>,
) -> Place {
    let id = entry.connection_id.clone();
    let EntryStep::Connector(connector) = &mut entry.step else {
        return Place::Entering { session, chosen, entry };
    };
    let rest_ms = match result {
        Ok(Answer::Connections(connections)) => {
            let found = outcome::find(connections, id.as_ref(), &chosen, false).map(Box::new);
            match found {
                Some(connection) if is_news(connector, &connection) => {
                    guide::leave(turn, &entry.guide);
                    return outcome::settle(turn, session, chosen, connection);
                }
                found => connector.seen = found,
            }
            REST_MS
        }
        Err(error) if error.is_not_authorised() => {
            return entering::fail(turn, session, chosen, &entry, &error);
        }
        _ => REST_AFTER_FAILURE_MS,
    };
    connector.watch = Watch::Resting(turn.timer(rest_ms));
    Place::Entering { session, chosen, entry }
}

/// Whether this differs from what was seen before, and decides something.
fn is_news(connector: &Connector, connection: &Connection) -> bool {
    let same = |seen: &Connection| seen.state == connection.state && seen.error == connection.error;
    outcome::is_decided(connection) && !connector.seen.as_deref().is_some_and(same)
}
