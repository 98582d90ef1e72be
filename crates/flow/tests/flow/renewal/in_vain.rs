//! A renewal that comes to nothing: it is told once, and no token with it.

use super::{refusal_of_the_attempt, renewed, session_call};
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};
use railz_connect_flow::event::{Event, RequestError, UserEvent};
use railz_connect_flow::host_event::{ErrorCode, EventName, HostEvent};
use railz_connect_flow::screen::Content;
use railz_connect_flow::state::Renewal;

/// What the host heard as `rawError`.
fn raw_error(widget: &mut TestWidget) -> String {
    match &widget.host_events()[..] {
        [HostEvent::Error { error, .. }] => error.raw.clone().unwrap_or_default(),
        other => panic!("{other:?}"),
    }
}

/// Only an attempt's own errors were gone through, and only for the token that counts now: a session call that repeated
/// `previousSessionToken` brought it to `onError` (invariant 4).
#[test]
fn no_token_that_a_server_repeats_reaches_the_host() {
    for status in [400, 403, 500] {
        let mut first = TestWidget::start(fixtures::minted());
        first.refuse(status, &format!("token {} is wrong", fixtures::MINTED));
        assert_eq!(raw_error(&mut first), "token … is wrong");

        let mut again = TestWidget::connected(fixtures::plain());
        again.press(UserEvent::Continue);
        assert_eq!(again.request(), &session_call(Some(fixtures::TOKEN)));
        again.refuse(status, &format!("previousSessionToken {} is wrong", fixtures::TOKEN));
        assert_eq!(raw_error(&mut again), "previousSessionToken … is wrong");
    }
    // One token before: the answer to what was sent before the renewal.
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.refuse_token().press(UserEvent::Back);
    let Renewal::OpeningSession(renewal) = widget.state.bearer.renewal else { panic!() };
    let poll = *widget.requests.keys().find(|ticket| **ticket != renewal).unwrap();
    widget.dispatch(Event::Response { ticket: renewal, result: Ok(renewed()) });
    widget.pick(fixtures::XERO).press(UserEvent::OpenWindow);
    assert!(!widget.requests.contains_key(&poll));
    widget.refuse(500, &format!("{} and {}", fixtures::TOKEN, fixtures::RENEWED));
    assert_eq!(raw_error(&mut widget), "… and …");
}

#[test]
fn a_second_refusal_of_the_same_request_is_final() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.refuse_token().answer(Ok(renewed())).refuse_token();
    assert_eq!(refusal_of_the_attempt(&mut widget), (EventName::Authorization, ErrorCode::Authentication));
    assert!(widget.requests.is_empty() && widget.refused.is_empty(), "there is no loop");
    // "This session is over" is for developers; a person used to read such words of the server.
    let shown = widget.content();
    assert!(matches!(shown, Content::Failed { message: None, unheard: true, .. }), "{shown:?}");
}

#[test]
fn a_server_that_cannot_be_asked_just_now_is_asked_again_with_the_polls_patience() {
    let refused = |status| RequestError::Refused { status, message: "Busy".to_owned() };
    for error in [RequestError::Unreachable, RequestError::Unreadable, refused(429), refused(503)] {
        let mut widget = TestWidget::signing_in(fixtures::plain());
        widget.refuse_token().answer(Err(error.clone()));
        assert_eq!(widget.rests_for(), 1_000, "{error:?}");
        widget.rest_ends().refuse_token().answer(Ok(renewed())).news(fixtures::active(fixtures::QUICKBOOKS));
        assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)], "{error:?}");
    }
}

#[test]
fn a_renewal_that_is_refused_ends_it_without_asking_again() {
    for status in [400, 401, 403, 404] {
        for config in [fixtures::plain(), fixtures::minted()] {
            let mut widget = TestWidget::signing_in(config);
            widget.refuse_token();
            if !widget.asked.is_empty() {
                widget.host_gives(Some(fixtures::RENEWED));
            }
            widget.refuse(status, "No");
            let told = refusal_of_the_attempt(&mut widget);
            assert_eq!(told, (EventName::Authorization, ErrorCode::Authentication), "{status}");
            assert!(widget.requests.is_empty(), "{status}");
        }
    }
}

#[test]
fn trying_again_after_the_end_renews_anew() {
    let mut widget = TestWidget::signing_in(fixtures::minted());
    widget.refuse_token().host_gives(None).host_events.clear();
    widget.press(UserEvent::TryAgain);
    assert_eq!(widget.name(), "Loading", "the list says whether it was connected meanwhile");
    widget.refuse_token().host_gives(Some(fixtures::RENEWED)).answer(Ok(renewed()));
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow);
    widget.answer_address(fixtures::address()).news(fixtures::active(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
}
