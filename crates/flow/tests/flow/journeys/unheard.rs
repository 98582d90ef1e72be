//! Attempts of which nobody heard how they ended: what the server knows is told in the end (invariant 8). Requests whose answer is
//! lost are in `lost_answers`, closing is in `closing_unheard`.

use std::collections::BTreeSet;

use railz_connect_contract::{CONNECTION_TIMEOUT, Connection};
use railz_connect_flow::Event;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{BankLinkEvent, Network, RequestError, Response, UserEvent};
use railz_connect_flow::host_event::HostEvent;
use railz_connect_flow::journey::JourneyStep;
use railz_connect_flow::screen::Content;
use railz_connect_flow::state::{Choosing, Stage};

use super::Story;
use super::credentials::confirming as confirming_credentials;
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures, possible_events, state_space};

pub const STORIES: &[Story] = &[
    a_busy_server_ends_no_sign_in_that_is_under_way,
    a_closed_window_and_a_network_that_is_gone_for_minutes_end_no_sign_in,
    a_sign_in_whose_time_is_over_is_asked_about_once_more,
    a_server_that_says_when_is_asked_then,
    a_status_that_nobody_answers_is_told_by_the_next_list,
    a_status_that_nobody_answers_and_a_list_without_the_connection_end_the_attempt,
    a_list_that_cannot_be_had_either_says_no_word_of_nothing_has_changed,
    a_sign_in_that_was_left_is_told_with_the_next_list,
    whatever_nobody_answers_is_asked_again_wherever_it_is,
    who_was_told_by_a_list_comes_back_to_where_the_journey_is,
    answers_that_are_about_something_else_are_asked_for_again,
    what_was_left_or_is_waited_for_fails_by_no_lost_answer,
];

pub(super) fn busy() -> RequestError {
    RequestError::Refused { status: 500, message: "The database is locked".to_owned() }
}

pub(super) fn lost() -> [RequestError; 3] {
    [RequestError::Unreachable, RequestError::Unreadable, busy()]
}

pub(super) fn active(service: &str) -> Vec<Connection> {
    vec![fixtures::active(service)]
}

pub(super) fn choice() -> TestWidget {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    let pending = railz_connect_contract::ConnectionState::Pending;
    widget.news(fixtures::with_choices(fixtures::connection(fixtures::QUICKBOOKS, pending)));
    widget.press(UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned()));
    widget
}

pub(super) fn sandbox(config: railz_connect_flow::Config) -> TestWidget {
    let mut widget = TestWidget::in_the_picker(config);
    widget.pick(fixtures::SANDBOX).answer_address(fixtures::address());
    widget
}

pub(super) fn bank(connections: Vec<Connection>) -> TestWidget {
    let session = railz_connect_flow::session::SessionResponse {
        connections: Some(connections),
        ..fixtures::bank_session()
    };
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), session);
    widget.pick(fixtures::PLAID).answer(Ok(Response::LinkToken(fixtures::link_token())));
    let ticket = *widget.links.first().unwrap();
    let event = BankLinkEvent::Linked(fixtures::public_token());
    widget.dispatch(Event::BankLink { ticket, event });
    widget
}

/// One situation a place, of those that are as wanted.
pub(super) fn places(wanted: impl Fn(&TestWidget) -> bool) -> Vec<TestWidget> {
    let mut seen = BTreeSet::new();
    let all = state_space::all().iter().flat_map(|space| &space.situations);
    all.filter(|one| wanted(one) && seen.insert(one.name())).cloned().collect()
}

/// Each stage whose last question nobody answers, however often it is asked.
fn unanswered_statuses() -> Vec<(TestWidget, &'static str)> {
    let mut choosing = choice();
    choosing.answer(Ok(Response::Empty));
    let mut sandbox = sandbox(fixtures::plain());
    sandbox.answer(Ok(Response::Empty));
    let credentials = confirming_credentials(fixtures::NETSUITE);
    let mut bank = bank(Vec::new());
    bank.answer(Ok(Response::Bank(fixtures::bank())));
    [
        (choosing, fixtures::QUICKBOOKS),
        (sandbox, fixtures::SANDBOX),
        (credentials, fixtures::NETSUITE),
        (bank, fixtures::PLAID),
    ]
    .into_iter()
    .map(|(mut widget, service)| {
        widget.never_answered(&RequestError::Unreachable);
        assert!(matches!(widget.request(), Request::Session { .. }), "at {}", widget.name());
        (widget, service)
    })
    .collect()
}

/// Our own server answers so when its database is busy; each of these ended the sign-in as `general`.
#[test]
fn a_busy_server_ends_no_sign_in_that_is_under_way() {
    for (status, message) in
        [(429, "Too much"), (500, "The database is locked"), (502, "Bad Gateway"), (503, "")]
    {
        let mut widget = TestWidget::signing_in(fixtures::plain());
        widget.refuse(status, message);
        assert_eq!(widget.screen_name(), "waiting", "{status}");
        assert_eq!(widget.rests_for(), 1_000);
        widget.rest_ends().news(fixtures::active(fixtures::QUICKBOOKS));
        assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)], "{status}");
    }
}

/// The question that a closed window brings was sent seven times; then the host heard `general`, and the person that nothing has
/// changed.
#[test]
fn a_closed_window_and_a_network_that_is_gone_for_minutes_end_no_sign_in() {
    for error in lost() {
        let mut widget = TestWidget::signing_in(fixtures::plain());
        widget.window_closes().never_answered(&error);
        assert_eq!(widget.name(), "AwaitingSignIn(resting)");
        widget.rest_ends().news(fixtures::active(fixtures::QUICKBOOKS));
        assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
    }
}

/// The timer alone said that nothing was connected: a machine that woke told so of a sign-in that was finished while it slept.
#[test]
fn a_sign_in_whose_time_is_over_is_asked_about_once_more() {
    let expired = || {
        let mut widget = TestWidget::late(fixtures::plain());
        let Some(Stage::AwaitingSignIn(sign_in)) = widget.state.stage() else { panic!() };
        let expiry = sign_in.expiry.unwrap();
        widget.dispatch(Event::TimerFired(expiry));
        assert_eq!((widget.name(), widget.poll_wait()), ("AwaitingSignIn(late)", 0));
        widget.host_events.clear();
        widget
    };
    for error in lost() {
        let mut widget = expired();
        widget.answer(Err(error.clone())).rest_ends().news(fixtures::active(fixtures::QUICKBOOKS));
        assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
        let mut widget = expired();
        widget.never_answered(&error);
        assert_eq!(widget.name(), "AwaitingSignIn(late)", "nobody said that it is over");
        widget.rest_ends().nothing_yet();
        assert_eq!(widget.name(), "AwaitingSignIn(over)");
    }
    let mut widget = expired();
    widget.refuse(404, CONNECTION_TIMEOUT);
    assert_eq!(widget.content().name(), "expired");
    assert_eq!(widget.name(), "AwaitingSignIn(over)");
}

#[test]
fn a_server_that_says_when_is_asked_then() {
    for (says, rests) in [(30_000, 30_000), (10, 1_000), (86_400_000, 60_000)] {
        let mut widget = TestWidget::signing_in(fixtures::plain());
        let ticket = widget.request_ticket();
        // Not recorded: the state space leaves it out, since it changes nothing but the length of a rest.
        widget.dispatch_unrecorded(Event::RetryAfter { ticket, after_ms: says });
        widget.refuse(429, "Too much");
        assert_eq!(widget.rests_for(), rests);
        widget.rest_ends().refuse(429, "Too much");
        assert_eq!(widget.rests_for(), 2_000, "it holds once");
    }
}

#[test]
fn a_status_that_nobody_answers_is_told_by_the_next_list() {
    for (mut widget, service) in unanswered_statuses() {
        assert_eq!(widget.host_events(), [], "nobody knows yet");
        widget.answer_session(fixtures::session_with(active(service)));
        assert_eq!(widget.host_events(), [authorized(service)]);
        assert_eq!(widget.screen_name(), "connected");
    }
}

#[test]
fn a_status_that_nobody_answers_and_a_list_without_the_connection_end_the_attempt() {
    for (mut widget, _) in unanswered_statuses() {
        widget.answer_session(fixtures::session());
        assert_eq!(widget.screen_name(), "failed");
        assert!(matches!(&widget.host_events()[..], [HostEvent::Error { service: Some(_), .. }]));
    }
}

#[test]
fn a_list_that_cannot_be_had_either_says_no_word_of_nothing_has_changed() {
    for (mut widget, service) in unanswered_statuses() {
        widget.answer(Err(RequestError::Unreachable));
        assert_eq!(widget.content(), Content::LoadFailed);
        assert!(matches!(&widget.host_events()[..], [HostEvent::Error { service: None, .. }]), "no outcome");
        widget.press(UserEvent::TryAgain).answer_session(fixtures::session_with(active(service)));
        assert_eq!(widget.host_events(), [authorized(service)]);
    }
}

/// Before, whoever pressed something in the list within the moment of the last question was never told.
#[test]
fn a_sign_in_that_was_left_is_told_with_the_next_list() {
    let mut left = TestWidget::signing_in(fixtures::plain());
    left.press(UserEvent::Back).pick(fixtures::SANDBOX);
    let mut anew = TestWidget::late(fixtures::plain());
    anew.press(UserEvent::TryAgain).press(UserEvent::Back).pick(fixtures::SANDBOX);
    let mut over = TestWidget::late(fixtures::plain());
    over.attempt_expires().press(UserEvent::Back).pick(fixtures::SANDBOX);
    for mut widget in [left, anew, over] {
        widget.answer_address(fixtures::address()).answer(Ok(Response::Empty));
        widget.answer_connections(active(fixtures::SANDBOX)).press(UserEvent::Continue);
        widget.host_events.clear();
        let both = vec![fixtures::active(fixtures::QUICKBOOKS), fixtures::active(fixtures::SANDBOX)];
        widget.answer_session(fixtures::session_with(both));
        assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
        assert_eq!(widget.screen_name(), "picker", "the person is not held up");
    }
}

#[test]
fn whatever_nobody_answers_is_asked_again_wherever_it_is() {
    let asking = |one: &TestWidget| {
        !one.is_closed()
            && one.state.bearer.unanswered.is_some_and(|one| one.failures == 0 && one.rest.is_none())
    };
    for widget in places(asking) {
        for error in lost() {
            let mut widget = widget.clone();
            let ticket = widget.request_ticket();
            let mut sent = 0;
            while widget.requests.contains_key(&ticket) && sent < 9 {
                sent += 1;
                widget.dispatch(Event::Response { ticket, result: Err(error.clone()) });
                if let Some(rest) = widget.state.bearer.unanswered.and_then(|one| one.rest) {
                    widget.dispatch(Event::TimerFired(rest));
                }
            }
            assert!([7, 9].contains(&sent), "sent {sent} times");
        }
    }
    let rests = |one: &TestWidget| one.state.bearer.unanswered.is_some_and(|one| one.rest.is_some());
    for widget in places(|one| !one.is_closed() && rests(one)) {
        for woken in [Event::PageSeen, Event::NetworkChanged(Network::Online)] {
            let mut widget = widget.clone();
            widget.dispatch(woken);
            assert!(!rests(&widget) && !widget.requests.is_empty(), "it rests on: {}", widget.name());
        }
    }
}

#[test]
fn who_was_told_by_a_list_comes_back_to_where_the_journey_is() {
    let elsewhere = |one: &TestWidget| {
        let root = matches!(one.state.stage(), None | Some(Stage::Choosing(Choosing { final_poll: None })));
        one.journey_step() == Some(JourneyStep::Overview) && !root
    };
    for widget in places(elsewhere) {
        for event in possible_events::next(&widget) {
            widget.clone().dispatch(event);
        }
        let mut back = widget.clone();
        back.press(UserEvent::Back);
        assert!(
            ["Overview", "Choosing(final poll)", widget.name()].contains(&back.name()),
            "{}",
            back.name()
        );
    }
}

#[test]
fn answers_that_are_about_something_else_are_asked_for_again() {
    for (name, answer) in
        super::answers_of_each_kind().into_iter().filter(|(name, _)| !name.contains("Update"))
    {
        let mut widget = TestWidget::signing_in(fixtures::plain());
        widget.answer(Ok(answer));
        assert_eq!(widget.name(), "AwaitingSignIn(resting)", "{name}");
        widget.rest_ends();
        assert_eq!(widget.host_events(), []);
    }
}

/// In each situation of these, once a step of the journey and a request that is out.
#[test]
fn what_was_left_or_is_waited_for_fails_by_no_lost_answer() {
    let watched = ["Choosing(final poll)", "AwaitingSignIn", "Closing"];
    let mut seen = BTreeSet::new();
    let all = state_space::all().iter().flat_map(|space| &space.situations);
    for widget in all.filter(|one| watched.iter().any(|place| one.name().starts_with(place))) {
        let request = widget.requests.values().map(|one| format!("{one:?}").len()).sum::<usize>();
        let is_last_try = widget.state.bearer.unanswered.is_some_and(|one| one.failures > 5);
        if !seen.insert((widget.name(), format!("{:?}", widget.journey_step()), request, is_last_try)) {
            continue;
        }
        for event in possible_events::next(widget) {
            let mut after = widget.clone();
            let lost = matches!(&event, Event::Response { result: Err(error), .. }
                if !matches!(error, RequestError::Refused { .. }));
            after.dispatch(event);
            assert!(!(lost && after.name() == "Ended"), "at {}", widget.name());
        }
    }
}
