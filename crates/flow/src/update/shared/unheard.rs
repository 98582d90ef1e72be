//! Attempts that ended without anybody hearing how: the answer was lost, or the person went on to something else. What the
//! server knows of them is told as soon as its list of connections comes, before the widget closes at the latest
//! (invariant 8).

use railz_connect_contract::{Connection, ConnectionId};

use super::outcome;
use super::turn::{Next, Turn};
use crate::event::RequestError;
use crate::journey::UnheardAttempt;
use crate::service::SelectedService;
use crate::session::Session;
use crate::state::Stage;

/// The person goes on to something else.
pub(in crate::update) fn leave(
    session: &mut Session,
    service: &SelectedService,
    connection_id: Option<&ConnectionId>,
) {
    note(session, service, connection_id, false);
}

/// The last question brought no answer to it. That the attempt failed is not known: the list is loaded again, and says it.
/// Where the server refuses to say it the host hears so (contract rule H7), and the person may have the list loaded.
pub(in crate::update) fn load_list(
    turn: &mut Turn<'_>,
    session: &mut Session,
    service: &SelectedService,
    connection_id: Option<&ConnectionId>,
    error: &RequestError,
) -> Next {
    if error.is_not_authorised() && !error.is_token_refused() {
        leave(session, service, connection_id);
        return outcome::fail(turn, session, service, connection_id, error).into();
    }
    note(session, service, connection_id, true);
    Next::LoadAgain
}

fn note(session: &mut Session, service: &SelectedService, id: Option<&ConnectionId>, awaited: bool) {
    session.journey.forget_unheard(service, id);
    let (service, connection_id) = (Box::new(service.clone()), id.cloned());
    session.journey.unheard.push(UnheardAttempt { service, connection_id, awaited });
}

/// Tells what a list of connections says of the attempts, beside the list `before` them. Where the person waits for one of
/// them it is settled.
pub(in crate::update) fn tell(
    turn: &mut Turn<'_>,
    session: &mut Session,
    connections: &[Connection],
    before: &[Connection],
) -> Option<Stage> {
    let mut stage = None;
    let news = find_news(connections, before);
    for attempt in std::mem::take(&mut session.journey.unheard) {
        let UnheardAttempt { service, connection_id, awaited } = &attempt;
        match outcome::find(&news, connection_id.as_ref(), service) {
            Some(connection) if *awaited => {
                stage = Some(outcome::settle(turn, session, service, connection));
            }
            Some(connection) if outcome::is_connected(connection) => {
                outcome::tell_success(turn, session, service, connection);
            }
            None if *awaited => {
                let (id, error) = (connection_id.as_ref(), RequestError::Unreachable);
                stage = Some(outcome::fail(turn, session, service, id, &error));
            }
            _ => session.journey.unheard.push(attempt),
        }
    }
    stage
}

/// As [`tell`], where nobody waits any more.
pub(in crate::update) fn tell_successes(
    turn: &mut Turn<'_>,
    session: &mut Session,
    connections: &[Connection],
    before: &[Connection],
) {
    for attempt in &mut session.journey.unheard {
        attempt.awaited = false;
    }
    tell(turn, session, connections, before);
}

/// The connections that were not there before, or not as they are.
pub(in crate::update) fn find_news(connections: &[Connection], before: &[Connection]) -> Vec<Connection> {
    let is_same = |one: &Connection, other: &Connection| {
        one.connection_id == other.connection_id
            && one.state == other.state
            && one.error == other.error
            && one.state_since == other.state_since
            && one.expires_at == other.expires_at
    };
    let is_new = |one: &&Connection| !before.iter().any(|other| is_same(one, other));
    connections.iter().filter(is_new).cloned().collect()
}
