//! Late: a timeout ends the waiting, not the attempt (invariant 3); the attempt's life on the server ends the listening.

use railz_connect_contract::{AddressResponse, CONNECTION_TIMEOUT, ConnectionError, ConnectionState};
use railz_connect_flow::event::{RequestError, Response, UserEvent};
use railz_connect_flow::host_event::{ErrorCode, ErrorText, EventName};
use railz_connect_flow::screen::Content;
use railz_connect_flow::state::Window;
use railz_connect_flow::{Effect, Event, HostOptions};

use super::Story;
use crate::support::actions::{authorized, error_of_attempt, timeout_of_attempt};
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    the_end_of_the_waiting_time_is_told_once_and_listening_goes_on,
    a_late_success_still_counts_and_is_told_once_invariant_3,
    a_late_refusal_is_told_too,
    a_waiting_time_that_ends_during_a_rest_changes_nothing_else,
    late_polls_back_off_and_go_on,
    a_late_window_can_close_and_open_again,
    an_attempt_whose_life_is_over_is_listened_to_no_longer,
    a_server_that_says_gone_ends_the_listening_and_it_is_told_as_timeout_once,
    a_life_that_ends_before_the_waiting_time_is_told_as_timeout_once,
    a_life_that_ends_late_is_not_told_again,
    a_dead_attempt_only_leads_away,
    who_tries_again_late_begins_a_new_attempt_and_the_old_one_is_heard_no_more,
    cancelling_asks_once_more_and_a_success_just_before_still_counts,
    cancelling_late_asks_once_more_too,
    a_duplicate_found_by_the_last_question_is_shown,
    anything_else_that_the_last_question_brings_is_past,
    the_last_question_is_dropped_when_something_new_is_picked,
    lives_and_waiting_times_fit_the_browsers_timers,
];

fn expired(widget: &TestWidget) -> bool {
    match widget.content() {
        Content::Expired { still_listening, .. } => still_listening,
        other => panic!("not expired: {other:?}"),
    }
}

#[test]
fn the_end_of_the_waiting_time_is_told_once_and_listening_goes_on() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    let asked = widget.request_ticket();
    widget.timeout_elapses();
    assert_eq!(widget.host_events(), [timeout_of_attempt()]);
    assert!(expired(&widget));
    assert_eq!(widget.request_ticket(), asked);
}

#[test]
fn a_late_success_still_counts_and_is_told_once_invariant_3() {
    let mut widget = TestWidget::late(fixtures::posting());
    widget.nothing_yet().rest_ends().news(fixtures::active(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
    assert!(widget.sign().handed_over().is_some());
}

#[test]
fn a_late_refusal_is_told_too() {
    let mut widget = TestWidget::late(fixtures::plain());
    widget.news(fixtures::denied(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events().len(), 1);
    assert_eq!(widget.screen_name(), "refused");

    let mut widget = TestWidget::late(fixtures::plain());
    widget.refuse(502, "The books are closed");
    let words = Some("The books are closed");
    assert_eq!(
        widget.host_events(),
        [error_of_attempt(EventName::Load, ErrorCode::General, ErrorText::OfCode, words)]
    );
}

#[test]
fn a_waiting_time_that_ends_during_a_rest_changes_nothing_else() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.nothing_yet().timeout_elapses();
    assert_eq!(widget.rests_for(), 500);
    widget.rest_ends().nothing_yet().rest_ends();
    assert!(expired(&widget));
}

#[test]
fn late_polls_back_off_and_go_on() {
    let mut widget = TestWidget::late(fixtures::plain());
    widget.dispatch(Event::PageRestored).nothing_yet().rest_ends();
    widget.refuse(404, CONNECTION_TIMEOUT).rest_ends();
    for answer in [
        Response::Empty,
        Response::Connections(Vec::new()),
        Response::Accounts(fixtures::accounts()),
        Response::Address(fixtures::address()),
        Response::Session(Box::new(fixtures::session())),
    ] {
        widget.answer(Ok(answer)).rest_ends();
    }
    widget.nothing_yet().rest_ends();
    widget.answer(Err(RequestError::Unreadable)).rest_ends().answer(Err(RequestError::Unreachable));
    assert_eq!(widget.rests_for(), 2_000);
    widget.rest_ends().news(fixtures::of_another(fixtures::active(fixtures::QUICKBOOKS)));
    assert!(expired(&widget));
}

#[test]
fn a_late_window_can_close_and_open_again() {
    let mut widget = TestWidget::late(fixtures::plain());
    widget.window_closes();
    assert_eq!(widget.poll_wait(), 0);
    assert!(expired(&widget));
    widget.press(UserEvent::OpenWindow).window_is_blocked();
    assert_eq!(widget.screen_name(), "blocked");
    widget.press(UserEvent::FollowLink);
    assert_eq!(widget.window_as_known(), Window::Unwatched);
    assert_eq!(widget.host_events(), []);
}

#[test]
fn an_attempt_whose_life_is_over_is_listened_to_no_longer() {
    let mut widget = TestWidget::late(fixtures::plain());
    widget.attempt_expires();
    assert!(!expired(&widget));
    assert!(widget.requests.is_empty() && widget.timers.is_empty());

    let mut resting = TestWidget::late(fixtures::plain());
    resting.nothing_yet().attempt_expires();
    assert!(resting.timers.is_empty());
}

#[test]
fn a_server_that_says_gone_ends_the_listening_and_it_is_told_as_timeout_once() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.refuse(410, "This sign-in is over");
    assert_eq!(widget.host_events(), [timeout_of_attempt()]);
    assert!(!expired(&widget));
    assert!(widget.timers.is_empty() && widget.requests.is_empty());
}

#[test]
fn a_life_that_ends_before_the_waiting_time_is_told_as_timeout_once() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.attempt_expires();
    assert_eq!(widget.host_events(), [timeout_of_attempt()]);
    assert!(!expired(&widget));

    let mut resting = TestWidget::signing_in(fixtures::plain());
    resting.nothing_yet().attempt_expires();
    assert_eq!(resting.host_events(), [timeout_of_attempt()]);
}

#[test]
fn a_life_that_ends_late_is_not_told_again() {
    let mut widget = TestWidget::late(fixtures::plain());
    widget.attempt_expires();
    assert_eq!(widget.host_events(), []);
    let mut widget = TestWidget::late(fixtures::plain());
    widget.refuse(410, "This sign-in is over");
    assert_eq!(widget.host_events(), []);
}

#[test]
fn a_dead_attempt_only_leads_away() {
    let mut dead = TestWidget::late(fixtures::plain());
    dead.attempt_expires();
    let window = dead.window();

    let mut widget = dead.clone();
    widget.press(UserEvent::OpenWindow);
    assert!(widget.effects.is_empty(), "nothing opens for an attempt that can no longer end well");
    widget.window_closes();
    assert!(widget.requests.is_empty(), "nor is anybody asked about it");
    widget.press(UserEvent::Back);
    assert_eq!(widget.name(), "Choosing", "there is nothing to ask once more");

    let mut widget = dead;
    widget.press(UserEvent::TryAgain);
    assert!(widget.effects.contains(&Effect::CloseWindow(window)));
    assert_eq!(widget.screen_name(), "before");

    let mut blocked = TestWidget::signing_in(fixtures::plain());
    blocked.window_closes().press(UserEvent::OpenWindow).attempt_expires().window_is_blocked();
    assert_eq!(blocked.screen_name(), "expired");
    blocked.press(UserEvent::FollowLink);
    assert_eq!(blocked.screen_name(), "expired");
}

#[test]
fn who_tries_again_late_begins_a_new_attempt_and_the_old_one_is_heard_no_more() {
    let mut widget = TestWidget::late(fixtures::plain());
    let old = widget.request_ticket();
    widget.press(UserEvent::TryAgain);
    assert!(widget.effects.contains(&Effect::Cancel(old)));
    widget.press(UserEvent::OpenWindow).answer_address(fixtures::address()).timeout_elapses();
    assert_eq!(widget.host_events(), [timeout_of_attempt()], "one timeout for each attempt");
    widget.news(fixtures::active(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
}

#[test]
fn cancelling_asks_once_more_and_a_success_just_before_still_counts() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    let window = widget.window();
    widget.press(UserEvent::Back);
    assert!(widget.effects.contains(&Effect::CloseWindow(window)));
    assert_eq!(widget.screen_name(), "picker", "the person does not wait for it");
    assert_eq!(widget.poll_wait(), 0);
    widget.news(fixtures::active(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
    assert_eq!(widget.screen_name(), "connected");
}

#[test]
fn cancelling_late_asks_once_more_too() {
    let mut widget = TestWidget::late(fixtures::posting());
    widget.nothing_yet().press(UserEvent::Back).news(fixtures::active(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
    assert_eq!(widget.screen_name(), "handingOver");
    let mut resting = TestWidget::signing_in(fixtures::plain());
    resting.nothing_yet().press(UserEvent::Back);
    assert_eq!(resting.name(), "Choosing(final poll)");
}

#[test]
fn a_duplicate_found_by_the_last_question_is_shown() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.press(UserEvent::Back);
    widget.news(fixtures::invalid(fixtures::QUICKBOOKS, ConnectionError::DuplicateAccount));
    assert_eq!(widget.screen_name(), "duplicate");
}

#[test]
fn anything_else_that_the_last_question_brings_is_past() {
    fn done(_: &mut TestWidget) {}
    let pasts: [fn(&mut TestWidget); 11] = [
        |widget| done(widget.nothing_yet()),
        |widget| done(widget.news(fixtures::denied(fixtures::QUICKBOOKS))),
        |widget| done(widget.news(fixtures::of_another(fixtures::active(fixtures::QUICKBOOKS)))),
        |widget| done(widget.news(fixtures::connection(fixtures::QUICKBOOKS, ConnectionState::Pending))),
        |widget| done(widget.refuse(502, "The books are closed")),
        |widget| done(widget.never_answered(&RequestError::Unreachable)),
        |widget| done(widget.never_answered(&RequestError::Unreadable)),
        |widget| done(widget.answer_connections(vec![fixtures::active(fixtures::QUICKBOOKS)])),
        |widget| done(widget.answer_session(fixtures::session())),
        |widget| done(widget.answer_address(fixtures::address())),
        |widget| done(widget.answer(Ok(Response::Empty))),
    ];
    for past in pasts {
        let mut widget = TestWidget::signing_in(fixtures::plain());
        widget.press(UserEvent::Back);
        past(&mut widget);
        assert_eq!(widget.host_events(), []);
        assert_eq!(widget.name(), "Choosing");
    }
}

#[test]
fn the_last_question_is_dropped_when_something_new_is_picked() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.press(UserEvent::Back);
    let asked = widget.request_ticket();
    widget.pick("of no widget");
    assert_eq!(widget.name(), "Choosing(final poll)", "what is not there cannot be picked");
    widget.pick(fixtures::XERO);
    assert_eq!(widget.effects[0], Effect::Cancel(asked));
    assert_eq!(widget.screen_name(), "before");

    let mut one_press = TestWidget::signing_in(fixtures::plain());
    one_press.press(UserEvent::Back).pick(fixtures::SANDBOX);
    assert_eq!(one_press.screen_name(), "working");

    let mut form = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::session_with_the_form());
    form.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(fixtures::address());
    form.press(UserEvent::Back).pick(fixtures::SANDBOX);
    assert!(form.requests.is_empty());
    assert_eq!(form.screen_name(), "sandboxForm");
}

#[test]
fn lives_and_waiting_times_fit_the_browsers_timers() {
    let options = HostOptions { session_timeout: fixtures::text("86400"), ..fixtures::options() };
    let mut widget = TestWidget::in_the_picker(fixtures::config(&options));
    let address = AddressResponse { expires_in_seconds: Some(u32::MAX), ..fixtures::address() };
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(address);
    let longest = i32::MAX.unsigned_abs();
    assert!(widget.timers.values().all(|after_ms| *after_ms <= longest), "{:?}", widget.timers);

    let mut widget = TestWidget::in_the_picker(fixtures::plain());
    let address = AddressResponse { expires_in_seconds: Some(600), ..fixtures::address() };
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(address);
    let timers: Vec<_> = widget.timers.values().copied().collect();
    assert_eq!(timers, [120_000, 600_000]);
}
