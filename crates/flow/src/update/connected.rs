//! A connection was made: on with the journey, or over to the host's success page.

use super::idle;
use super::shared::last_question::Progress;
use super::shared::turn::{Next, Turn};
use super::shared::{hand_over, journey, last_question};
use crate::event::{Event, RequestError, UserEvent};
use crate::session::Session;
use crate::state::{Connected, HandingOver};
use crate::steps;

pub(super) fn update(
    turn: &mut Turn<'_>,
    session: &mut Session,
    stage: &mut Connected,
    event: &Event,
) -> Next {
    stage.handing_over = match (stage.handing_over, event) {
        (HandingOver::NotNeeded, Event::User(UserEvent::Continue)) => {
            return journey::go_on_from_success(turn, session);
        }
        (HandingOver::NotNeeded, Event::User(UserEvent::AddAnother)) if steps::may_add_another(session) => {
            return Next::LoadAgain;
        }
        (HandingOver::NotNeeded, Event::IdleTooLong) => return idle::begin(turn, session).into(),
        (HandingOver::Asking { question, timer }, Event::Response { ticket, result })
            if *ticket == question.request() =>
        {
            match last_question::receive(turn, session, question, result) {
                Progress::Asking(question) => HandingOver::Asking { question, timer },
                Progress::Over => {
                    turn.cancel(timer);
                    hand_over::go_on(turn, session)
                }
            }
        }
        (HandingOver::Asking { question, timer }, Event::TimerFired(fired)) if *fired == timer => {
            turn.cancel(question.request());
            last_question::give_up(turn, session);
            hand_over::go_on(turn, session)
        }
        (HandingOver::Signing { request, timer }, Event::Response { ticket, result })
            if *ticket == request =>
        {
            turn.cancel(timer);
            hand_over::submit(turn, session, stage, result)
        }
        (HandingOver::Signing { request, timer }, Event::TimerFired(fired)) if *fired == timer => {
            turn.cancel(request);
            hand_over::submit(turn, session, stage, &Err(RequestError::Unreachable))
        }
        // Whoever comes back from the success page has been there: the list says what is connected now.
        (HandingOver::UnderWay { timer }, Event::PageRestored) => {
            turn.cancel(timer);
            return Next::LoadAgain;
        }
        (HandingOver::Stuck, Event::PageRestored) => return Next::LoadAgain,
        (HandingOver::UnderWay { timer }, Event::TimerFired(fired)) if *fired == timer => {
            hand_over::get_stuck(turn, session, &stage.connection, timer)
        }
        (HandingOver::UnderWay { timer }, Event::HandOverRefused) => {
            hand_over::get_stuck(turn, session, &stage.connection, timer)
        }
        (HandingOver::Stuck, Event::User(UserEvent::Continue)) => hand_over::begin(turn, session),
        _ => return Next::Stay,
    };
    Next::Stay
}
