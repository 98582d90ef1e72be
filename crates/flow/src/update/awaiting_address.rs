//! From the press that opens the window to the address it goes to.

use super::awaiting_sign_in;
use super::shared::turn::{Next, Turn};
use super::shared::{outcome, window};
use crate::effect::{Effect, Request};
use crate::event::{Event, RequestError, Response, UserEvent};
use crate::funnel::FunnelEvent;
use crate::question::{AnswerError, Question};
use crate::service::{ConnectionTarget, SelectedService};
use crate::session::Session;
use crate::state::{AwaitingAddress, BeforeSignIn, Stage, Window};
use crate::substring;

/// The window opens before anything is asked, so that the browser sees it inside the press (invariant 1).
pub(super) fn begin(turn: &mut Turn<'_>, service: Box<SelectedService>) -> Stage {
    let window = turn.ticket();
    turn.effect(Effect::OpenWindow {
        ticket: window,
        name: window,
        service: service.name.clone(),
        display_name: service.display_name.clone(),
    });
    let request = turn.send(Request::Address {
        service: service.name.clone(),
        integration: service.integration.clone(),
        answer: Question::of(&service.name).zip(service.answer.clone()),
        target: service.target.clone(),
    });
    Stage::AwaitingAddress(AwaitingAddress {
        service,
        window_name: window,
        window: Window::Open(window),
        request,
    })
}

pub(super) fn update(
    turn: &mut Turn<'_>,
    session: &Session,
    stage: &mut AwaitingAddress,
    event: &Event,
) -> Next {
    match event {
        Event::Response { ticket, result } if *ticket == stage.request => {
            return handle_response(turn, session, stage, result);
        }
        Event::WindowBlocked(ticket) => window::block(turn, &mut stage.window, *ticket, &stage.service.name),
        Event::WindowClosed(ticket) if stage.window == Window::Open(*ticket) => {
            turn.count(FunnelEvent::WindowClosed(stage.service.name.clone()));
            stage.window = Window::Closed;
        }
        Event::User(UserEvent::Back) => {
            turn.cancel(stage.request);
            window::close(turn, stage.window);
            return Stage::root().into();
        }
        _ => {}
    }
    Next::Stay
}

fn handle_response(
    turn: &mut Turn<'_>,
    session: &Session,
    stage: &AwaitingAddress,
    result: &Result<Response, RequestError>,
) -> Next {
    if let Ok(Response::Address(address)) = result
        && let Some(sign_in) = awaiting_sign_in::begin(turn, stage, address)
    {
        return Stage::AwaitingSignIn(sign_in).into();
    }
    window::close(turn, stage.window);
    let error = RequestError::of(result);
    // The connection that was to be renewed is there no longer: the list is an older one.
    if let (ConnectionTarget::Existing(id), RequestError::Refused { status: 400, message }) =
        (&stage.service.target, error)
        && substring::contains(message, id.as_str())
    {
        return Next::LoadAgain;
    }
    // What was typed is what the server complains about: the person can put it right on the spot.
    if let (Some(_), RequestError::Refused { status: 400, .. }) = (&stage.service.answer, error) {
        let words = error.words().map(|words| AnswerError::Refused(words.to_owned()));
        let problem = Some(words.unwrap_or(AnswerError::Malformed));
        return Stage::BeforeSignIn(BeforeSignIn { service: stage.service.clone(), problem }).into();
    }
    outcome::fail_on_the_way(turn, session, &stage.service, None, error).into()
}
