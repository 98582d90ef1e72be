//! The root: from the list of services into a connection, and from step to step of the journey.

use super::shared::turn::{Next, Turn};
use super::shared::{journey, outcome, unheard};
use super::{idle, select};
use crate::event::{Event, RequestError, Response, UserEvent};
use crate::funnel::FunnelEvent;
use crate::journey::JourneyStep;
use crate::service::SelectedService;
use crate::session::Session;
use crate::state::{Choosing, FinalPoll, Stage};
use crate::steps;

pub(super) fn update(turn: &mut Turn<'_>, session: &mut Session, stage: &Choosing, event: &Event) -> Next {
    match (event, &stage.final_poll) {
        (Event::User(user), final_poll) => handle_user_event(turn, session, final_poll.as_ref(), user),
        (Event::IdleTooLong, None) => idle::begin(turn, session).into(),
        (Event::Response { ticket, result }, Some(final_poll)) if *ticket == final_poll.request => {
            handle_final_poll(turn, session, final_poll, result).into()
        }
        _ => Next::Stay,
    }
}

fn handle_user_event(
    turn: &mut Turn<'_>,
    session: &mut Session,
    final_poll: Option<&FinalPoll>,
    user: &UserEvent,
) -> Next {
    match user {
        UserEvent::Next if steps::leads_on(turn.config, session) => {
            leave(turn, session, final_poll);
            journey::go_on(turn, session)
        }
        UserEvent::Back => match steps::previous(turn.config, session) {
            Some(step) => {
                leave(turn, session, final_poll);
                journey::go_back(session, step).into()
            }
            None => Next::Stay,
        },
        UserEvent::GoTo(step) if steps::is_open(turn.config, session, *step) => {
            leave(turn, session, final_poll);
            journey::go_to(turn, session, *step).into()
        }
        UserEvent::Finish if final_poll.is_none() && session.journey.step == JourneyStep::Summary => {
            journey::finish(turn, session)
        }
        UserEvent::Search(query) if matches!(session.journey.step, JourneyStep::Kind(_)) => {
            session.journey.query.clone_from(query);
            Next::Stay
        }
        UserEvent::Pick(uuid) => {
            let service = steps::pick(session, uuid);
            let renewing = service.as_ref().is_some_and(|service| session.connected(service).is_some());
            select(turn, session, service, renewing, final_poll)
        }
        UserEvent::OpenSandboxForm => match steps::sandbox_with_form(session) {
            Some(service) => {
                leave(turn, session, final_poll);
                select::open_sandbox_form(service).into()
            }
            None => Next::Stay,
        },
        UserEvent::Renew(id) => {
            let service = session.renew(id).filter(|_| steps::lists_connections(session));
            select(turn, session, service, true, final_poll)
        }
        _ => Next::Stay,
    }
}

fn select(
    turn: &mut Turn<'_>,
    session: &mut Session,
    service: Option<Box<SelectedService>>,
    renewing: bool,
    final_poll: Option<&FinalPoll>,
) -> Next {
    let Some(service) = service else { return Next::Stay };
    leave(turn, session, final_poll);
    turn.count(FunnelEvent::ServiceSelected { service: service.name.clone(), renewing });
    select::begin(turn, session, service).into()
}

/// Whoever goes on to something else waits for the sign-in that was given up no longer; the next list says what became of it.
/// What was searched for is counted.
fn leave(turn: &mut Turn<'_>, session: &mut Session, final_poll: Option<&FinalPoll>) {
    turn.count_search(session);
    if let Some(FinalPoll { request, service, connection_id }) = final_poll {
        turn.cancel(*request);
        unheard::leave(session, service, Some(connection_id));
    }
}

/// A success that came just before the person gave up still counts, and one that comes later is told by the next list.
fn handle_final_poll(
    turn: &mut Turn<'_>,
    session: &mut Session,
    final_poll: &FinalPoll,
    result: &Result<Response, RequestError>,
) -> Stage {
    if let Ok(Response::Update(Some(connection))) = result
        && connection.connection_id == final_poll.connection_id
    {
        if outcome::is_success(connection) {
            return outcome::settle(turn, session, &final_poll.service, connection);
        }
        if outcome::is_decided(connection) {
            return Stage::root();
        }
    }
    unheard::leave(session, &final_poll.service, Some(&final_poll.connection_id));
    Stage::root()
}
