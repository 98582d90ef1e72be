//! From step to step of the journey: on, back, past, to the end.

use super::hand_over;
use super::turn::{Next, Turn};
use crate::journey::{CompletedConnection, JourneyStep};
use crate::session::Session;
use crate::state::{Connected, HandingOver, Stage};
use crate::steps;

/// Where a journey begins: at what needs attention, or else at its first step.
pub(in crate::update) fn begin(turn: &Turn<'_>, session: &mut Session) {
    session.journey.step = if steps::needing_attention(session).next().is_some() {
        JourneyStep::Attention
    } else {
        first(turn, session)
    };
}

/// Where a journey goes on after the session was opened again. A step may be there no longer.
pub(in crate::update) fn resume(turn: &Turn<'_>, session: &mut Session) {
    let here = session.journey.step;
    let is_there = match here {
        JourneyStep::Attention => steps::needing_attention(session).next().is_some(),
        _ => steps::all(turn.config, session).contains(&here),
    };
    if !is_there {
        session.journey.step = first(turn, session);
    }
}

fn first(turn: &Turn<'_>, session: &Session) -> JourneyStep {
    steps::all(turn.config, session).first().copied().unwrap_or(JourneyStep::Overview)
}

/// On to the next step. After the last one the success page follows.
pub(in crate::update) fn go_on(turn: &mut Turn<'_>, session: &mut Session) -> Next {
    match steps::beside(turn.config, session, true) {
        Some(step) => {
            pass_and_go(session, step);
            Stage::root().into()
        }
        None => finish(turn, session),
    }
}

pub(in crate::update) fn go_back(session: &mut Session, step: JourneyStep) -> Stage {
    arrive(session, step);
    Stage::root()
}

/// To a step of the progress bar; those before it count as gone past.
pub(in crate::update) fn go_to(turn: &Turn<'_>, session: &mut Session, step: JourneyStep) -> Stage {
    for passed in steps::all(turn.config, session) {
        if passed == step {
            break;
        }
        pass(session, passed);
    }
    arrive(session, step);
    Stage::root()
}

/// On from a success: to the next step, with what is connected now.
pub(in crate::update) fn go_on_from_success(turn: &mut Turn<'_>, session: &mut Session) -> Next {
    if session.journey.step != JourneyStep::Attention {
        match steps::beside(turn.config, session, true) {
            Some(step) => pass_and_go(session, step),
            None if steps::has_success_page(session) => return finish(turn, session),
            None => {}
        }
    }
    Next::LoadAgain
}

/// The end of the last step: the success page if there is one, or else the close.
pub(in crate::update) fn finish(turn: &mut Turn<'_>, session: &Session) -> Next {
    let due = steps::has_success_page(session);
    let last = if due { steps::last_completed(session) } else { None };
    let Some(CompletedConnection { service, connection }) = last else { return Next::Close };
    let handing_over = hand_over::begin(turn, session);
    Stage::Connected(Connected { service, connection, handing_over }).into()
}

/// Over to the success page at once where the first success ends the journey.
pub(in crate::update) fn hand_over_if_done(turn: &mut Turn<'_>, session: &Session) -> HandingOver {
    if steps::ends_with_the_first_success(session) {
        hand_over::begin(turn, session)
    } else {
        HandingOver::NotNeeded
    }
}

fn pass_and_go(session: &mut Session, step: JourneyStep) {
    pass(session, session.journey.step);
    arrive(session, step);
}

fn arrive(session: &mut Session, step: JourneyStep) {
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
