//! From the press that opens the window to the address it goes to.

use super::sign_in;
use super::turn::Turn;
use crate::state::Window;
use crate::{
    ANSWER, Answer, Chosen, Effect, FormValues, Place, Problem, Question, Request, RequestError, Session,
    Ticket,
};

/// The window opens before anything is asked, so that the browser sees it inside the press (invariant 1).
pub(super) fn open(turn: &mut Turn<'_>, session: Box<Session>, chosen: Box<Chosen>) -> Place {
    let window = turn.ticket();
    turn.effect(Effect::OpenWindow {
        ticket: window,
        name: window,
        service: chosen.name.clone(),
        display_name: chosen.display_name.clone(),
    });
    let request = turn.ask(Request::Address {
        token: session.token.clone(),
        service: chosen.name.clone(),
        integration: chosen.integration.clone(),
        answer: Question::of(&chosen.name).zip(chosen.answer.clone()),
    });
    Place::AwaitingAddress { session, chosen, window_name: window, window: Window::Open(window), request }
}

/// Takes the answer to the service's question. A right one opens the window, in the press that sent it (invariant 1).
pub(super) fn answer(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    mut chosen: Box<Chosen>,
    values: &FormValues,
) -> Place {
    let Some(question) = Question::of(&chosen.name) else {
        return Place::Before { session, chosen, problem: None };
    };
    let given = values.get(ANSWER);
    let answer = question.answered(given);
    if let Some(answer) = answer {
        chosen.answer = Some(answer);
        return open(turn, session, chosen);
    }
    chosen.answer = Some(given.to_owned());
    Place::Before { session, chosen, problem: Some(Problem::Form) }
}

pub(super) fn answered(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    window_name: Ticket,
    window: Window,
    result: Result<Answer, RequestError>,
) -> Place {
    let error = match result {
        Ok(Answer::Address(address)) => {
            match sign_in::begin(turn, &session, &chosen, window_name, window, address) {
                Some(sign_in) => return Place::AwaitingSignIn { session, sign_in },
                None => RequestError::Unreadable,
            }
        }
        Ok(_) => RequestError::Unreadable,
        Err(error) => error,
    };
    sign_in::close_window(turn, window);
    // What was typed is what the server complains about: the person can put it right on the spot.
    if let (Some(_), RequestError::Refused { status: 400, message }) = (&chosen.answer, &error) {
        let problem = Some(Problem::Server(message.clone()));
        return Place::Before { session, chosen, problem };
    }
    super::outcome::fail_on_the_way(turn, session, chosen, None, &error)
}
