//! From the list of services into a journey, and back.

use railz_connect_contract::UseCase;

use super::turn::Turn;
use super::{bank, entering, outcome, sandbox, way};
use crate::state::{Farewell, SandboxForm};
use crate::{Answer, Chosen, Place, RequestError, Session, Way};

pub(super) fn pick(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    farewell: Option<Farewell>,
    chosen: Box<Chosen>,
) -> Place {
    if let Some(farewell) = farewell {
        turn.forget(farewell.request);
    }
    match chosen.way() {
        Way::Window => Place::Before { session, chosen, problem: None },
        Way::Credentials(_) | Way::Connector => entering::begin(turn, session, chosen),
        Way::Bank => bank::begin(turn, session, chosen),
        Way::Sandbox if session.sandbox_one_press => {
            sandbox::connect(turn, session, chosen, UseCase::UserGood)
        }
        Way::Sandbox => Place::FillingSandboxForm { session, chosen, form: SandboxForm::default() },
    }
}

/// Tries again what ended. A provider of the sandbox form has no tile of its own, so that way leads to the list.
pub(super) fn again(turn: &mut Turn<'_>, session: Box<Session>, chosen: Box<Chosen>) -> Place {
    if chosen.integration.is_none() {
        return way::root(session);
    }
    pick(turn, session, None, chosen)
}

/// A success that came just before the person gave up still counts; anything else is past.
pub(super) fn farewell_answered(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    farewell: Farewell,
    result: Result<Answer, RequestError>,
) -> Place {
    match result {
        Ok(Answer::News(Some(connection)))
            if connection.connection_id == farewell.connection_id && outcome::is_success(&connection) =>
        {
            outcome::settle(turn, session, farewell.chosen, connection)
        }
        _ => way::root(session),
    }
}
