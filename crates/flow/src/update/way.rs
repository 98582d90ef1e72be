//! The way through the steps: on, back, past, to the end; and what happens when nobody goes on.

use railz_connect_contract::{Connection, ConnectionState};

use super::turn::Turn;
use super::{close, hand_over, loading};
use crate::config::AfterSuccess;
use crate::state::{Farewell, HandingOver, Visit};
use crate::{
    Chosen, Config, ErrorCode, ErrorText, EventName, HostError, HostEvent, JourneyStep, Made, Place, Session,
    journey,
};

/// The root of the step where the journey is.
pub(super) fn root(session: Box<Session>) -> Place {
    Place::Choosing { session, farewell: None }
}

/// Where a journey begins: at what needs attention, or else at its first step.
pub(super) fn begin(turn: &Turn<'_>, session: &mut Session) {
    session.journey.step = if journey::needing_attention(session).next().is_some() {
        JourneyStep::Attention
    } else {
        first(turn, session)
    };
}

/// Where a journey goes on after the session was opened again. A step may be there no longer.
pub(super) fn resume(turn: &Turn<'_>, session: &mut Session) {
    let here = session.journey.step;
    let is_there = match here {
        JourneyStep::Attention => journey::needing_attention(session).next().is_some(),
        _ => journey::steps(turn.config, session).contains(&here),
    };
    if !is_there {
        session.journey.step = first(turn, session);
    }
}

fn first(turn: &Turn<'_>, session: &Session) -> JourneyStep {
    journey::steps(turn.config, session).first().copied().unwrap_or(JourneyStep::Overview)
}

/// On to the next step, if this one may be left and there is one. After the last one the success page follows.
pub(super) fn next(turn: &mut Turn<'_>, mut session: Box<Session>, farewell: Option<Farewell>) -> Place {
    if !leads_on(turn.config, &session) {
        return Place::Choosing { session, farewell };
    }
    forget(turn, farewell);
    match journey::beside(turn.config, &session, true) {
        Some(step) => {
            go(&mut session, step);
            root(session)
        }
        None => finish(turn, session),
    }
}

/// Whether the step can be left forwards: to the next one, or after the last one to the end.
pub(crate) fn leads_on(config: &Config, session: &Session) -> bool {
    let goes_on = journey::beside(config, session, true).is_some()
        || (journey::steps(config, session).len() > 1 && can_finish(config, session));
    goes_on && journey::may_pass(config, session)
}

/// Back to the step before.
pub(super) fn back(turn: &mut Turn<'_>, mut session: Box<Session>, farewell: Option<Farewell>) -> Place {
    match journey::beside(turn.config, &session, false).filter(|_| turn.config.components.back) {
        Some(step) => {
            forget(turn, farewell);
            come_to(&mut session, step);
            root(session)
        }
        None => Place::Choosing { session, farewell },
    }
}

pub(super) fn go_to(
    turn: &mut Turn<'_>,
    mut session: Box<Session>,
    farewell: Option<Farewell>,
    step: JourneyStep,
) -> Place {
    if !journey::is_open(turn.config, &session, step) {
        return Place::Choosing { session, farewell };
    }
    forget(turn, farewell);
    for passed in journey::steps(turn.config, &session) {
        if passed == step {
            break;
        }
        pass(&mut session, passed);
    }
    come_to(&mut session, step);
    root(session)
}

/// On from a success: to the next step, with what is connected now.
pub(super) fn on_from_success(turn: &mut Turn<'_>, mut session: Box<Session>) -> Place {
    let next = match session.journey.step {
        JourneyStep::Attention => None,
        _ => journey::beside(turn.config, &session, true),
    };
    match next {
        Some(step) => go(&mut session, step),
        None if session.journey.step != JourneyStep::Attention && is_due(turn.config, &session) => {
            return finish(turn, session);
        }
        None => {}
    }
    loading::load(turn, Visit::Again(session))
}

/// Whether a success page waits for the end of the last step.
fn is_due(config: &Config, session: &Session) -> bool {
    config.after_success != AfterSuccess::Stay && !journey::ends_with_the_first_success(session)
}

/// The end of the last step: the success page if there is one, or else the close.
pub(super) fn finish(turn: &mut Turn<'_>, session: Box<Session>) -> Place {
    let last = if is_due(turn.config, &session) { last_made(&session) } else { None };
    let Some(Made { chosen, connection }) = last else { return close(turn, root(session)) };
    let handing_over = hand_over::at_the_end(turn, &session, &connection);
    Place::Connected { session, chosen, connection, handing_over }
}

/// Whether there is anything that the end of the journey could do.
pub(crate) fn can_finish(config: &Config, session: &Session) -> bool {
    config.closable() || (is_due(config, session) && last_made(session).is_some())
}

/// The connection made last in this visit, or else one that was there before.
fn last_made(session: &Session) -> Option<Made> {
    session.journey.made.last().cloned().or_else(|| {
        let active = session.connections.iter().find(|one| one.state == ConnectionState::Active)?;
        let chosen = session.renew(&active.connection_id)?;
        Some(Made { chosen, connection: Box::new(active.clone()) })
    })
}

/// Nobody has touched the page for half an hour. The host hears of it, the person finds everything again.
pub(super) fn idle(turn: &mut Turn<'_>, session: Box<Session>) -> Place {
    turn.tell(HostEvent::Error {
        event: EventName::Timeout,
        parties: session.parties(),
        connection_id: None,
        service: None,
        error: HostError { code: ErrorCode::Timeout, text: ErrorText::OfCode, raw: None },
    });
    Place::Idle { session }
}

fn go(session: &mut Session, step: JourneyStep) {
    pass(session, session.journey.step);
    come_to(session, step);
}

fn come_to(session: &mut Session, step: JourneyStep) {
    session.journey.query.clear();
    session.journey.step = step;
}

fn pass(session: &mut Session, step: JourneyStep) {
    if let JourneyStep::Kind(kind) = step
        && !session.journey.passed.contains(&kind)
    {
        session.journey.passed.push(kind);
    }
}

fn forget(turn: &mut Turn<'_>, farewell: Option<Farewell>) {
    if let Some(farewell) = farewell {
        turn.forget(farewell.request);
    }
}

/// Whether the step's screen lists connections that can be renewed.
pub(super) fn lists_connections(session: &Session) -> bool {
    matches!(session.journey.step, JourneyStep::Attention | JourneyStep::Kind(_))
}

/// Whether the success screen's way leads on to the success page at once.
pub(super) fn after_success(
    turn: &mut Turn<'_>,
    session: &Session,
    chosen: &Chosen,
    connection: &Connection,
) -> HandingOver {
    if journey::ends_with_the_first_success(session) {
        hand_over::begin(turn, session, chosen, connection)
    } else {
        HandingOver::NotAsked
    }
}
