//! The host is asked for a token where its back end made the session.

use super::{refusal_of_the_attempt, renewed, session_call};
use crate::support::{TestWidget, fixtures};
use railz_connect_contract::AccessToken;
use railz_connect_flow::HostOptions;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{Event, UserEvent};
use railz_connect_flow::host_event::{ErrorCode, EventName, HostEvent};
use railz_connect_flow::screen::Content;
use railz_connect_flow::state::{Renewal, UnavailableCause};

#[test]
fn the_host_is_asked_for_a_token_where_its_back_end_made_the_session() {
    let mut widget = TestWidget::start(fixtures::minted());
    assert_eq!(widget.token(), Some(fixtures::MINTED));
    widget.answer_session(fixtures::minted_session()).host_events.clear();
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow);
    assert_eq!(widget.token(), Some(fixtures::MINTED));
    widget.answer_address(fixtures::address());
    let poll = widget.request().clone();
    widget.refuse_token();
    assert!(widget.requests.is_empty(), "nothing is asked before the host has answered");
    widget.host_gives(Some(fixtures::RENEWED));
    // The back end need not say whose visit goes on: the server is told by the token before.
    assert_eq!(widget.request(), &session_call(Some(fixtures::MINTED)));
    assert_eq!(widget.token(), Some(fixtures::RENEWED));
    assert!(widget.state.bearer.renewal != Renewal::NotNeeded);
    widget.answer(Ok(renewed()));
    assert_eq!((widget.request(), widget.token()), (&poll, Some(fixtures::RENEWED)));
    assert!(widget.timers.values().all(|after| *after != 29_000), "the host's time is no longer counted");
    assert_eq!(widget.host_events(), []);
    assert_eq!(widget.screen_name(), "waiting");
}

#[test]
fn without_get_session_a_minted_session_that_ran_out_is_told_as_authentication() {
    let options = HostOptions { session_token: fixtures::text(fixtures::MINTED), ..fixtures::options() };
    let config = || fixtures::config(&options);
    let mut waiting = TestWidget::signing_in(config());
    waiting.refuse_token();
    assert_eq!(refusal_of_the_attempt(&mut waiting), (EventName::Authorization, ErrorCode::Authentication));

    // On the way to an outcome, such as here, it used to be `general`.
    let mut asking = TestWidget::in_the_picker(config());
    asking.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow).refuse_token();
    assert_eq!(refusal_of_the_attempt(&mut asking), (EventName::Authorization, ErrorCode::Authentication));

    let mut loading = TestWidget::start(config());
    loading.refuse_token();
    assert_eq!(refusal_of_the_attempt(&mut loading), (EventName::Authorization, ErrorCode::Authentication));
    assert_eq!(loading.content(), Content::Unavailable(UnavailableCause::NotAuthorised));
}

#[test]
fn a_host_that_gives_no_token_ends_it() {
    let mut widget = TestWidget::signing_in(fixtures::minted());
    widget.refuse_token().host_gives(None);
    assert_eq!(refusal_of_the_attempt(&mut widget), (EventName::Authorization, ErrorCode::Authentication));
    assert!(widget.requests.is_empty());
}

#[test]
fn a_host_that_never_answers_has_29_seconds() {
    let mut widget = TestWidget::signing_in(fixtures::minted());
    widget.refuse_token();
    let limit = *widget.timers.iter().find(|(_, after)| **after == 29_000).unwrap().0;
    let asked = *widget.asked.first().unwrap();
    widget.dispatch(Event::TimerFired(limit));
    assert_eq!(refusal_of_the_attempt(&mut widget), (EventName::Authorization, ErrorCode::Authentication));
    widget.dispatch(Event::SessionToken { ticket: asked, token: Some(AccessToken::new(fixtures::RENEWED)) });
    assert!(widget.requests.is_empty(), "it comes too late");
}

#[test]
fn the_host_is_not_heard_when_it_was_not_asked() {
    let mut widget = TestWidget::signing_in(fixtures::minted());
    widget.refuse_token();
    let asked = *widget.asked.first().unwrap();
    widget.host_gives(Some(fixtures::RENEWED)).answer(Ok(renewed()));
    let before = widget.state.clone();
    widget.dispatch(Event::SessionToken { ticket: asked, token: Some(AccessToken::new("another")) });
    assert_eq!(widget.state, before);
}

#[test]
fn a_minted_session_that_ran_out_before_it_was_opened_is_renewed_first() {
    let mut widget = TestWidget::start(fixtures::minted());
    widget.refuse_token().host_gives(Some(fixtures::RENEWED));
    let previous = Some(AccessToken::new(fixtures::MINTED));
    assert_eq!(widget.request(), &Request::Session { business_name: None, business_uuid: None, previous });
    assert_eq!(widget.content(), Content::Loading);
    widget.answer(Ok(renewed()));
    assert_eq!(widget.host_events(), [HostEvent::Loaded(fixtures::parties())]);
    assert_eq!(widget.screen_name(), "picker");
    assert!(widget.requests.is_empty(), "the answer of the renewal is the session");
    widget.pick(fixtures::SANDBOX);
    assert_eq!(widget.token(), Some(fixtures::RENEWED));
}
