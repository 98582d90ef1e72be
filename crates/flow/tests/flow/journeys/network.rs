//! The network goes and comes, the page is left and seen again.

use railz_connect_contract::CONNECTION_TIMEOUT;
use railz_connect_flow::event::{Network, RequestError};
use railz_connect_flow::screen::Content;
use railz_connect_flow::{Effect, Event};

use super::Story;
use super::unheard::{active, choice};
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    a_machine_that_wakes_asks_at_once,
    a_rest_ends_when_the_network_is_back,
    without_a_network_no_patience_is_used_up,
    a_server_that_asks_for_a_rest_gets_it_whoever_comes_back,
    coming_back_again_and_again_uses_no_patience_up,
    what_was_lost_before_somebody_came_back_is_looked_up,
    what_could_not_be_loaded_is_loaded_when_the_network_is_back,
    being_offline_is_said_on_every_screen_until_it_is_over,
];

const ONLINE: Event = Event::NetworkChanged(Network::Online);
const OFFLINE: Event = Event::NetworkChanged(Network::Offline);

/// Before, a poll of before the sleep was waited for to its end, and a rest too.
#[test]
fn a_machine_that_wakes_asks_at_once() {
    for woken in [Event::PageSeen, ONLINE] {
        let mut widget = TestWidget::signing_in(fixtures::plain());
        let held = widget.request_ticket();
        widget.dispatch(woken.clone());
        assert_eq!(widget.poll_wait(), 0);
        assert!(widget.effects.contains(&Effect::Cancel(held)), "polls never overlap");
        widget.refuse(404, CONNECTION_TIMEOUT).dispatch(woken);
        assert_eq!(widget.poll_wait(), 0, "a rest ends too");
        widget.news(fixtures::active(fixtures::QUICKBOOKS));
        assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
    }
}

#[test]
fn a_rest_ends_when_the_network_is_back() {
    for woken in [Event::PageSeen, ONLINE] {
        let mut widget = choice();
        let request = widget.request().clone();
        widget.dispatch(OFFLINE).answer(Err(RequestError::Unreachable));
        assert!(widget.requests.is_empty());
        widget.dispatch(woken);
        assert_eq!(widget.request(), &request);
        assert!(widget.timers.is_empty(), "the rest is over");
    }
}

/// Before, half a minute without a network told the host that nobody knows.
#[test]
fn without_a_network_no_patience_is_used_up() {
    let mut widget = choice();
    widget.dispatch(OFFLINE);
    for _ in 0..50 {
        widget.answer(Err(RequestError::Unreachable)).rest_ends();
    }
    assert_eq!(widget.host_events(), []);
    widget.dispatch(ONLINE).never_answered(&RequestError::Unreachable);
    assert_eq!(widget.name(), "ChoosingAccount(confirming)", "with one it is");
    widget.answer_connections(active(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
}

#[test]
fn a_server_that_asks_for_a_rest_gets_it_whoever_comes_back() {
    let mut widget = choice();
    let ticket = widget.request_ticket();
    widget.dispatch_unrecorded(Event::RetryAfter { ticket, after_ms: 30_000 });
    widget.refuse(503, "Busy").dispatch(Event::PageSeen);
    assert!(widget.requests.is_empty());
    widget.rest_ends().answer(Err(RequestError::Unreachable));
    widget.dispatch(Event::PageSeen);
    assert_eq!(widget.requests.len(), 1, "the next rest is ours");
}

/// Before, seven looks at the page within seconds were half a minute's tries.
#[test]
fn coming_back_again_and_again_uses_no_patience_up() {
    let mut widget = choice();
    for _ in 0..20 {
        widget.answer(Err(RequestError::Unreachable)).dispatch(Event::PageSeen);
    }
    assert_eq!((widget.host_events(), widget.requests.len()), (vec![], 1));
}

/// The driver's seeds 36605 and 75692: coming back forgot that the first try may have been heard, and "nothing has changed" was said of
/// a company that was connected.
#[test]
fn what_was_lost_before_somebody_came_back_is_looked_up() {
    let mut widget = choice();
    widget
        .answer(Err(RequestError::Unreachable))
        .dispatch(Event::PageSeen)
        .refuse(409, "Nothing is to be chosen");
    widget.answer_connections(active(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
}

#[test]
fn what_could_not_be_loaded_is_loaded_when_the_network_is_back() {
    let mut widget = TestWidget::start(fixtures::plain());
    widget.dispatch(OFFLINE).answer(Err(RequestError::Unreachable));
    assert_eq!(widget.content(), Content::LoadFailed);
    widget.dispatch(Event::PageSeen);
    assert!(widget.requests.is_empty(), "that somebody looks is no network");
    widget.dispatch(ONLINE).answer_session(fixtures::session());
    assert_eq!(widget.screen_name(), "picker");
}

#[test]
fn being_offline_is_said_on_every_screen_until_it_is_over() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    assert!(!widget.screen().offline);
    widget.dispatch(OFFLINE).news(fixtures::denied(fixtures::QUICKBOOKS));
    assert!(widget.screen().offline);
    widget.dispatch(ONLINE);
    assert!(!widget.screen().offline);
}
