//! Before the window opens: the press that opens it, and the answer to what the service asks.

use super::shared::turn::{Next, Turn};
use super::{awaiting_address, idle};
use crate::event::{Event, UserEvent};
use crate::form::FormValues;
use crate::question::{ANSWER_FIELD, AnswerError, Question};
use crate::session::Session;
use crate::state::{BeforeSignIn, Stage};

pub(super) fn update(
    turn: &mut Turn<'_>,
    session: &Session,
    stage: &mut BeforeSignIn,
    event: &Event,
) -> Next {
    match event {
        Event::User(UserEvent::OpenWindow) if Question::of(&stage.service.name).is_none() => {
            awaiting_address::begin(turn, stage.service.clone()).into()
        }
        Event::User(UserEvent::Submit(values)) => submit(turn, stage, values),
        Event::User(UserEvent::Back) => Stage::root().into(),
        Event::IdleTooLong => idle::begin(turn, session).into(),
        _ => Next::Stay,
    }
}

/// Takes the answer to the service's question. A right one opens the window, in the press that sent it (invariant 1).
fn submit(turn: &mut Turn<'_>, stage: &mut BeforeSignIn, values: &FormValues) -> Next {
    stage.problem = None;
    let Some(question) = Question::of(&stage.service.name) else { return Next::Stay };
    let typed = values.get(ANSWER_FIELD);
    let answer = question.read(typed);
    let is_right = answer.is_some();
    stage.service.answer = Some(answer.unwrap_or_else(|| typed.to_owned()));
    if is_right {
        return awaiting_address::begin(turn, stage.service.clone()).into();
    }
    stage.problem = Some(AnswerError::Malformed);
    Next::Stay
}
