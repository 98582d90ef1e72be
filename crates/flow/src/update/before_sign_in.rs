//! Before the window opens: the press that opens it, and the answer to what the service asks.

use super::shared::turn::Turn;
use super::{awaiting_address, idle};
use crate::event::{Event, UserEvent};
use crate::form::FormValues;
use crate::question::{ANSWER_FIELD, AnswerError, Question};
use crate::session::Session;
use crate::state::{BeforeSignIn, Stage};

pub(super) fn update(turn: &mut Turn<'_>, session: &Session, stage: BeforeSignIn, event: Event) -> Stage {
    match event {
        Event::User(UserEvent::OpenWindow) if Question::of(&stage.service.name).is_none() => {
            awaiting_address::begin(turn, session, stage.service)
        }
        Event::User(UserEvent::Submit(values)) => submit(turn, session, stage, &values),
        Event::User(UserEvent::Back) => Stage::root(),
        Event::IdleTooLong => idle::begin(turn, session),
        _ => Stage::BeforeSignIn(stage),
    }
}

/// Takes the answer to the service's question. A right one opens the window, in the press that sent it (invariant 1).
fn submit(turn: &mut Turn<'_>, session: &Session, stage: BeforeSignIn, values: &FormValues) -> Stage {
    let mut service = stage.service;
    let Some(question) = Question::of(&service.name) else {
        return Stage::BeforeSignIn(BeforeSignIn { service, problem: None });
    };
    let typed = values.get(ANSWER_FIELD);
    if let Some(answer) = question.read(typed) {
        service.answer = Some(answer);
        return awaiting_address::begin(turn, session, service);
    }
    service.answer = Some(typed.to_owned());
    Stage::BeforeSignIn(BeforeSignIn { service, problem: Some(AnswerError::Malformed) })
}
