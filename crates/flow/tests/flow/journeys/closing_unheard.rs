//! Closing while something is under way or unheard: it asks first, and goes whatever is answered (invariant 8).

use railz_connect_contract::ServiceName;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{RequestError, Response, UserEvent};
use railz_connect_flow::funnel::FunnelEvent;
use railz_connect_flow::host_event::HostEvent;
use railz_connect_flow::state::Stage;
use railz_connect_flow::{Effect, Event, HostOptions};

use super::Story;
use super::unheard::{active, lost, places, sandbox};
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures, possible_events};

pub const STORIES: &[Story] = &[
    a_last_question_that_nobody_answers_is_made_up_for_when_the_widget_closes,
    closing_asks_once_more_and_a_success_just_before_still_counts,
    closing_while_something_is_being_connected_waits_for_it,
    closing_ends_though_nobody_answers,
    closing_twice_closes_at_once,
    closing_tells_what_the_lost_list_would_have_told,
    closing_takes_everything_away_that_was_under_way,
    a_widget_that_closes_goes_whatever_is_answered,
    a_widget_with_something_unheard_asks_before_it_closes_from_every_screen,
    whoever_is_refused_the_status_while_closing_is_told_by_the_list,
    a_list_that_cannot_be_had_while_closing_is_asked_for_once_and_said_to_be_unknown,
    a_session_that_is_over_is_not_asked_for_a_list_while_closing,
];

#[test]
fn a_last_question_that_nobody_answers_is_made_up_for_when_the_widget_closes() {
    let mut widget = TestWidget::signing_in(fixtures::closable());
    widget.press(UserEvent::Back).never_answered(&RequestError::Unreachable);
    assert_eq!(widget.name(), "Choosing");
    widget.press(UserEvent::Close).answer_connections(active(fixtures::QUICKBOOKS));
    let exit = HostEvent::Exit(fixtures::parties());
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS), exit]);
}

/// Before, Escape lost what Back asks about once more: the host heard of an exit alone.
#[test]
fn closing_asks_once_more_and_a_success_just_before_still_counts() {
    for (answer, connected) in [(active(fixtures::QUICKBOOKS), true), (Vec::new(), false)] {
        let mut widget = TestWidget::signing_in(fixtures::closable());
        let window = widget.window();
        widget.press(UserEvent::Close);
        assert!(widget.effects.contains(&Effect::CloseWindow(window)));
        assert!(matches!(widget.request(), Request::Status));
        assert_eq!((widget.screen_name(), widget.screen().closable), ("working", true));
        widget.answer_connections(answer);
        assert!(widget.is_closed());
        let told = connected.then(|| authorized(fixtures::QUICKBOOKS));
        let expected: Vec<_> = told.into_iter().chain([HostEvent::Exit(fixtures::parties())]).collect();
        assert_eq!(widget.host_events(), expected);
    }
}

#[test]
fn closing_while_something_is_being_connected_waits_for_it() {
    let mut widget = sandbox(fixtures::closable());
    widget.press(UserEvent::Close);
    assert!(matches!(widget.request(), Request::SandboxLogin { .. }), "what is under way is not cut off");
    widget.answer(Ok(Response::Empty)).answer_connections(active(fixtures::SANDBOX));
    assert!(widget.is_closed());
    let exit = HostEvent::Exit(fixtures::parties());
    assert_eq!(widget.host_events(), [authorized(fixtures::SANDBOX), exit]);
}

#[test]
fn closing_ends_though_nobody_answers() {
    for error in lost() {
        let mut widget = TestWidget::signing_in(fixtures::closable());
        widget.press(UserEvent::Close).answer(Err(error));
        let limit = *widget.timers.iter().find(|(_, after_ms)| **after_ms == 10_000).unwrap().0;
        widget.dispatch(Event::TimerFired(limit));
        assert!(widget.is_closed());
        assert_eq!(widget.host_events(), [HostEvent::Exit(fixtures::parties())]);
    }
}

#[test]
fn closing_twice_closes_at_once() {
    let mut widget = TestWidget::signing_in(fixtures::closable());
    widget.press(UserEvent::Close).press(UserEvent::Close);
    assert!(widget.is_closed());
    assert_eq!(widget.host_events(), [HostEvent::Exit(fixtures::parties())]);
}

#[test]
fn closing_tells_what_the_lost_list_would_have_told() {
    let mut loading = sandbox(fixtures::closable());
    loading.answer(Ok(Response::Empty)).never_answered(&RequestError::Unreachable);
    let mut failed = loading.clone();
    failed.answer(Err(RequestError::Unreachable)).host_events.clear();
    let mut refused = loading.clone();
    refused.refuse(403, "No").host_events.clear();
    for mut widget in [loading, failed, refused] {
        widget.press(UserEvent::Close).answer_connections(active(fixtures::SANDBOX));
        let exit = HostEvent::Exit(fixtures::parties());
        assert_eq!(widget.host_events(), [authorized(fixtures::SANDBOX), exit]);
    }
}

#[test]
fn closing_takes_everything_away_that_was_under_way() {
    let left = || {
        let mut widget = TestWidget::signing_in(fixtures::closable());
        widget.press(UserEvent::Back).never_answered(&RequestError::Unreachable);
        widget
    };
    let mut opening = left();
    opening.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow);
    let mut listing = left();
    listing.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(fixtures::address());
    let pending = railz_connect_contract::ConnectionState::Pending;
    listing.news(fixtures::connection(fixtures::QUICKBOOKS, pending));
    for mut widget in [opening, listing] {
        widget.press(UserEvent::Close);
        assert!(matches!(widget.request(), Request::Status), "nothing else is out");
        assert!(widget.windows.is_empty());
    }
}

#[test]
fn a_widget_that_closes_goes_whatever_is_answered() {
    for widget in places(|one| one.name().starts_with("Closing")) {
        for event in possible_events::next(&widget) {
            let mut widget = widget.clone();
            widget.dispatch(event);
        }
        let mut impatient = widget.clone();
        impatient.never_answered(&RequestError::Unreadable);
        assert_ne!(impatient.name(), widget.name());
    }
}

#[test]
fn a_widget_with_something_unheard_asks_before_it_closes_from_every_screen() {
    let unheard = |one: &TestWidget| {
        let left = one.state.session().is_some_and(|session| !session.journey.unheard.is_empty());
        left && one.screen().closable && !one.name().starts_with("Closing")
    };
    for widget in places(unheard) {
        let mut closing = widget.clone();
        closing.press(UserEvent::Close);
        assert!(closing.name().starts_with("Closing"), "from {}", widget.name());
        if !matches!(widget.state.stage(), Some(Stage::Choosing(_))) {
            continue;
        }
        for user in [UserEvent::Next, UserEvent::Finish] {
            let mut widget = widget.clone();
            widget.press(user);
            assert!(!widget.is_closed(), "the end of the journey asks too");
        }
    }
}

fn unknown() -> FunnelEvent {
    FunnelEvent::OutcomeUnknown(ServiceName::new(fixtures::QUICKBOOKS))
}

/// The refusal was the end of it: what was connected the host heard by no callback.
#[test]
fn whoever_is_refused_the_status_while_closing_is_told_by_the_list() {
    for (status, message) in [(400, "No"), (403, "Not yours"), (404, "Not here"), (410, "Too late")] {
        for config in [
            fixtures::closable(),
            fixtures::config(&fixtures::renewed_by_the_host(fixtures::closing(fixtures::options()))),
        ] {
            let mut widget = TestWidget::signing_in(config);
            widget.press(UserEvent::Close).refuse(status, message);
            assert_eq!((widget.name(), widget.screen_name()), ("Closing(listing)", "working"));
            assert!(matches!(widget.request(), Request::Session { .. }));
            widget.answer_session(fixtures::session_with(active(fixtures::QUICKBOOKS)));
            assert!(widget.is_closed());
            let exit = HostEvent::Exit(fixtures::parties());
            assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS), exit]);
            assert_eq!(widget.counted.len(), 2, "connected, and exited");
        }
    }
}

#[test]
fn a_list_that_cannot_be_had_while_closing_is_asked_for_once_and_said_to_be_unknown() {
    let listing = || {
        let mut widget = TestWidget::signing_in(fixtures::closable());
        widget.press(UserEvent::Close).refuse(403, "Not yours");
        widget
    };
    let (mut refused, mut lost, mut late, mut impatient) = (listing(), listing(), listing(), listing());
    refused.refuse(403, "Not yours either");
    lost.answer(Err(RequestError::Unreachable));
    let limit = *late.timers.keys().next().unwrap();
    late.dispatch(Event::TimerFired(limit));
    impatient.press(UserEvent::Close);
    for mut widget in [refused, lost, late, impatient] {
        assert!(widget.is_closed());
        assert_eq!(widget.host_events(), [HostEvent::Exit(fixtures::parties())]);
        assert_eq!(widget.counted, [unknown(), FunnelEvent::Exited]);
    }
}

#[test]
fn a_session_that_is_over_is_not_asked_for_a_list_while_closing() {
    let options = HostOptions { session_token: fixtures::text(fixtures::MINTED), ..fixtures::options() };
    let mut widget = TestWidget::signing_in(fixtures::config(&fixtures::closing(options)));
    widget.press(UserEvent::Close).refuse_token();
    assert!(widget.is_closed());
    assert_eq!(widget.counted, [unknown(), FunnelEvent::Exited]);
}
