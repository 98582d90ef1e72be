//! The window: opened inside the press (invariant 1, contract rule F3), watched, and never the judge of an attempt
//! (invariant 2).

use railz_connect_contract::{AddressResponse, StartProof};
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::{Content, WindowWords};
use railz_connect_flow::state::Window;
use railz_connect_flow::{Effect, Event, Ticket};

use super::Story;
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    the_window_opens_inside_the_press_before_anything_is_asked_invariant_1,
    a_closed_window_settles_nothing_invariant_2,
    a_closed_window_makes_the_widget_ask_the_server_at_once,
    a_window_closed_during_a_rest_is_asked_about_at_once_too,
    a_window_closed_before_its_address_is_known_settles_nothing,
    a_closed_window_is_opened_again_for_the_same_attempt,
    an_open_window_that_is_asked_for_again_is_replaced,
    a_blocked_window_shows_the_link,
    a_blocked_window_can_be_tried_again,
    a_window_opened_again_may_be_blocked,
    a_link_stays_within_reach_after_the_waiting_time,
    the_window_is_closed_when_the_person_goes_back_while_it_opens,
    events_about_another_window_change_nothing,
    a_start_page_that_asks_is_told_the_proof_each_time,
    a_window_opened_again_is_told_the_same_proof,
    a_server_that_gave_no_proof_is_told_nothing,
    a_start_page_of_a_window_that_was_given_up_is_told_nothing,
    a_page_shown_again_asks_the_server_at_once,
    an_attempt_keeps_its_window_name_and_another_has_its_own,
];

fn waiting_words(widget: &TestWidget) -> WindowWords {
    match widget.content() {
        Content::Waiting { window, .. } => window,
        other => panic!("nobody waits: {other:?}"),
    }
}

fn opening() -> TestWidget {
    let mut widget = TestWidget::in_the_picker(fixtures::plain());
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow);
    widget
}

fn blocked() -> TestWidget {
    let mut widget = opening();
    widget.window_is_blocked().answer_address(fixtures::address());
    widget
}

#[test]
fn the_window_opens_inside_the_press_before_anything_is_asked_invariant_1() {
    let widget = opening();
    let [Effect::OpenWindow { ticket, service, .. }, Effect::SendRequest { request, .. }, ..] =
        &widget.effects[..]
    else {
        panic!("{:?}", widget.effects)
    };
    assert_eq!(service.as_str(), fixtures::QUICKBOOKS);
    assert!(matches!(request, Request::Address { .. }));
    assert_eq!(widget.window_as_known(), Window::Open(*ticket));
}

#[test]
fn a_closed_window_settles_nothing_invariant_2() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    assert_eq!(waiting_words(&widget), WindowWords::Open);
    widget.window_closes();
    assert_eq!(waiting_words(&widget), WindowWords::Closed);
    assert_eq!(widget.host_events(), []);
    widget.nothing_yet().rest_ends().news(fixtures::active(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)], "approved after all");
}

#[test]
fn a_closed_window_makes_the_widget_ask_the_server_at_once() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    let held = widget.request_ticket();
    widget.window_closes();
    assert!(widget.effects.contains(&Effect::Cancel(held)), "the held request makes room");
    assert_eq!(widget.poll_wait(), 0);
    widget.nothing_yet().rest_ends();
    assert_eq!(widget.poll_wait(), 25_000, "then it listens on as before");
}

#[test]
fn a_window_closed_during_a_rest_is_asked_about_at_once_too() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.nothing_yet().window_closes();
    assert_eq!(widget.poll_wait(), 0);
}

#[test]
fn a_window_closed_before_its_address_is_known_settles_nothing() {
    let mut widget = opening();
    widget.window_closes();
    assert_eq!(widget.screen_name(), "opening");
    widget.answer_address(fixtures::address());
    assert_eq!(waiting_words(&widget), WindowWords::Closed);
    assert!(!widget.effects.iter().any(|effect| matches!(effect, Effect::SendWindow { .. })));
    assert_eq!(widget.host_events(), []);
}

#[test]
fn a_closed_window_is_opened_again_for_the_same_attempt() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.window_closes();
    let asked = widget.request_ticket();
    widget.press(UserEvent::OpenWindow);
    let window = widget.window();
    let opened = widget.effects.iter().position(|effect| matches!(effect, Effect::OpenWindow { .. }));
    let sent = Effect::SendWindow { ticket: window, url: fixtures::START.to_owned() };
    assert!(opened < widget.effects.iter().position(|effect| *effect == sent), "{:?}", widget.effects);
    assert_eq!(waiting_words(&widget), WindowWords::Open);
    assert_eq!(widget.request_ticket(), asked, "no new attempt is begun");
}

#[test]
fn an_open_window_that_is_asked_for_again_is_replaced() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    let first = widget.window();
    widget.press(UserEvent::OpenWindow);
    assert_eq!(widget.effects[0], Effect::CloseWindow(first));
    assert_ne!(widget.window(), first);
    widget.dispatch(Event::WindowClosed(first));
    assert_eq!(waiting_words(&widget), WindowWords::Open, "the old window is not the new one");
}

#[test]
fn a_blocked_window_shows_the_link() {
    let mut widget = blocked();
    let Content::Blocked { url, service } = widget.content() else { panic!("{:?}", widget.content()) };
    assert_eq!((url.as_str(), service.name.as_str()), (fixtures::START, fixtures::QUICKBOOKS));
    assert!(widget.effects.contains(&Effect::FocusHeading));
    assert_eq!(widget.poll_wait(), 25_000, "the server is listened to all the while");
    widget.press(UserEvent::FollowLink);
    assert_eq!(waiting_words(&widget), WindowWords::Unwatched);
    assert!(
        widget.effects.iter().all(|effect| *effect == Effect::FocusHeading),
        "the browser follows the link"
    );
    widget.news(fixtures::active(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
}

#[test]
fn a_blocked_window_can_be_tried_again() {
    let mut widget = blocked();
    widget.press(UserEvent::OpenWindow);
    assert_eq!(waiting_words(&widget), WindowWords::Open);
    widget.window_is_blocked();
    assert_eq!(widget.screen_name(), "blocked");
}

#[test]
fn a_window_opened_again_may_be_blocked() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.window_closes().press(UserEvent::OpenWindow).window_is_blocked();
    assert_eq!(widget.screen_name(), "blocked");
    widget.nothing_yet().press(UserEvent::OpenWindow).window_is_blocked().press(UserEvent::FollowLink);
    assert_eq!(waiting_words(&widget), WindowWords::Unwatched);
    widget.press(UserEvent::OpenWindow).window_closes();
    assert_eq!(waiting_words(&widget), WindowWords::Closed);
}

#[test]
fn a_link_stays_within_reach_after_the_waiting_time() {
    let mut widget = blocked();
    widget.timeout_elapses();
    assert_eq!(widget.screen_name(), "blocked", "without the link there would be no way to finish");
    widget.press(UserEvent::FollowLink);
    assert!(matches!(widget.content(), Content::Expired { still_listening: true, .. }));
    widget.news(fixtures::active(fixtures::QUICKBOOKS));
    assert_eq!(widget.screen_name(), "connected");

    let mut widget = blocked();
    widget.attempt_expires();
    assert!(
        matches!(widget.content(), Content::Expired { still_listening: false, .. }),
        "a link that leads nowhere is shown no longer"
    );
}

#[test]
fn the_window_is_closed_when_the_person_goes_back_while_it_opens() {
    let mut widget = opening();
    let (window, asked) = (widget.window(), widget.request_ticket());
    widget.press(UserEvent::Back);
    assert!(widget.effects.contains(&Effect::CloseWindow(window)));
    assert!(widget.effects.contains(&Effect::Cancel(asked)));
    assert_eq!(widget.screen_name(), "picker");
    assert_eq!(widget.host_events(), []);
}

#[test]
fn events_about_another_window_change_nothing() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    let first = widget.window();
    let address =
        AddressResponse { url: "https://connect.example/oauth/start/two".to_owned(), ..fixtures::address() };
    widget.press(UserEvent::Back).nothing_yet().pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow);
    for event in [Event::WindowClosed(first), Event::WindowBlocked(first)] {
        widget.dispatch(event);
        assert_eq!(widget.window_as_known(), Window::Open(widget.window()));
    }
    widget.answer_address(address);
    for event in
        [Event::WindowClosed(first), Event::WindowBlocked(first), Event::WindowOpened(widget.window())]
    {
        widget.dispatch(event);
        assert_eq!(waiting_words(&widget), WindowWords::Open);
        assert!(widget.effects.is_empty());
    }
}

fn proof_for(window: Ticket) -> Effect {
    Effect::ProveStart { ticket: window, proof: StartProof::new(fixtures::SECRET) }
}

#[test]
fn a_start_page_that_asks_is_told_the_proof_each_time() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    let window = widget.window();
    for _ in 0..2 {
        widget.dispatch(Event::StartPageAsked(window));
        assert_eq!(widget.effects, [proof_for(window)], "a page that is loaded again asks again");
    }
    assert_eq!(waiting_words(&widget), WindowWords::Open);
}

#[test]
fn a_window_opened_again_is_told_the_same_proof() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    let first = widget.window();
    widget.dispatch(Event::StartPageAsked(first));
    widget.press(UserEvent::OpenWindow);
    let again = widget.window();
    widget.dispatch(Event::StartPageAsked(first));
    assert!(widget.effects.is_empty(), "the older window is not this attempt's any more");
    widget.dispatch(Event::StartPageAsked(again));
    assert_eq!(widget.effects, [proof_for(again)]);
}

#[test]
fn a_server_that_gave_no_proof_is_told_nothing() {
    let mut widget = opening();
    widget.answer_address(AddressResponse { start_proof: None, ..fixtures::address() });
    let window = widget.window();
    widget.dispatch(Event::StartPageAsked(window));
    assert!(widget.effects.is_empty());
}

#[test]
fn a_start_page_of_a_window_that_was_given_up_is_told_nothing() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    let window = widget.window();
    widget.press(UserEvent::Back);
    widget.dispatch(Event::StartPageAsked(window));
    assert!(widget.effects.is_empty());
}

#[test]
fn a_page_shown_again_asks_the_server_at_once() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.dispatch(Event::PageRestored);
    let asked = widget.effects.iter().find_map(|effect| match effect {
        Effect::SendRequest { request: Request::Updates { wait_ms, .. }, .. } => Some(*wait_ms),
        _ => None,
    });
    assert_eq!(asked, Some(0));
    widget.nothing_yet().dispatch(Event::PageRestored);
    assert_eq!(widget.poll_wait(), 0, "a rest ends too");
}

#[test]
fn an_attempt_keeps_its_window_name_and_another_has_its_own() {
    let name = |widget: &TestWidget| {
        widget.effects.iter().find_map(|effect| match effect {
            Effect::OpenWindow { name, .. } => Some(*name),
            _ => None,
        })
    };
    let mut widget = TestWidget::in_the_picker(fixtures::plain());
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow);
    let first = name(&widget);
    widget.answer_address(fixtures::address()).press(UserEvent::OpenWindow);
    assert!(first.is_some());
    assert_eq!(name(&widget), first, "opened again, it is the same attempt's");
    widget.press(UserEvent::Back).pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow);
    assert_ne!(name(&widget), first, "another attempt never takes over its window");
}
