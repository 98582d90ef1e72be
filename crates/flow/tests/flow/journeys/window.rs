//! The window: opened inside the press (invariant 1), watched, and never the judge of an attempt (invariant 2).

use railz_connect_contract::AddressResponse;
use railz_connect_flow::{Content, Effect, Event, Request, UserEvent, Window, WindowWords};

use super::Story;
use crate::support::acts::told_authorized;
use crate::support::{Traveller, world};

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
    a_page_shown_again_asks_the_server_at_once,
    an_attempt_keeps_its_window_name_and_another_has_its_own,
];

fn waiting_words(owner: &Traveller) -> WindowWords {
    match owner.content() {
        Content::Waiting { window, .. } => window,
        other => panic!("nobody waits: {other:?}"),
    }
}

fn opening() -> Traveller {
    let mut owner = Traveller::in_the_picker(world::plain());
    owner.pick(world::QUICKBOOKS).press(UserEvent::OpenWindow);
    owner
}

fn blocked() -> Traveller {
    let mut owner = opening();
    owner.window_is_blocked().answer_address(world::address());
    owner
}

#[test]
fn the_window_opens_inside_the_press_before_anything_is_asked_invariant_1() {
    let owner = opening();
    let [Effect::OpenWindow { ticket, service, .. }, Effect::Ask { request, .. }, ..] = &owner.effects[..]
    else {
        panic!("{:?}", owner.effects)
    };
    assert_eq!(service.as_str(), world::QUICKBOOKS);
    assert!(matches!(request, Request::Address { .. }));
    assert_eq!(owner.window_as_known(), Window::Open(*ticket));
}

#[test]
fn a_closed_window_settles_nothing_invariant_2() {
    let mut owner = Traveller::signing_in(world::plain());
    assert_eq!(waiting_words(&owner), WindowWords::Open);
    owner.window_closes();
    assert_eq!(waiting_words(&owner), WindowWords::Closed);
    assert_eq!(owner.told(), []);
    owner.nothing_yet().rest_ends().news(world::active(world::QUICKBOOKS));
    assert_eq!(owner.told(), [told_authorized(world::QUICKBOOKS)], "approved after all");
}

#[test]
fn a_closed_window_makes_the_widget_ask_the_server_at_once() {
    let mut owner = Traveller::signing_in(world::plain());
    let held = owner.request_ticket();
    owner.window_closes();
    assert!(owner.effects.contains(&Effect::Forget(held)), "the held request makes room");
    assert_eq!(owner.poll_wait(), 0);
    owner.nothing_yet().rest_ends();
    assert_eq!(owner.poll_wait(), 25_000, "then it listens on as before");
}

#[test]
fn a_window_closed_during_a_rest_is_asked_about_at_once_too() {
    let mut owner = Traveller::signing_in(world::plain());
    owner.nothing_yet().window_closes();
    assert_eq!(owner.poll_wait(), 0);
}

#[test]
fn a_window_closed_before_its_address_is_known_settles_nothing() {
    let mut owner = opening();
    owner.window_closes();
    assert_eq!(owner.screen_name(), "opening");
    owner.answer_address(world::address());
    assert_eq!(waiting_words(&owner), WindowWords::Closed);
    assert!(!owner.effects.iter().any(|effect| matches!(effect, Effect::SendWindow { .. })));
    assert_eq!(owner.told(), []);
}

#[test]
fn a_closed_window_is_opened_again_for_the_same_attempt() {
    let mut owner = Traveller::signing_in(world::plain());
    owner.window_closes();
    let asked = owner.request_ticket();
    owner.press(UserEvent::OpenWindow);
    let window = owner.window();
    let opened = owner.effects.iter().position(|effect| matches!(effect, Effect::OpenWindow { .. }));
    let sent = Effect::SendWindow { ticket: window, url: world::START.to_owned() };
    assert!(opened < owner.effects.iter().position(|effect| *effect == sent), "{:?}", owner.effects);
    assert_eq!(waiting_words(&owner), WindowWords::Open);
    assert_eq!(owner.request_ticket(), asked, "no new attempt is begun");
}

#[test]
fn an_open_window_that_is_asked_for_again_is_replaced() {
    let mut owner = Traveller::signing_in(world::plain());
    let first = owner.window();
    owner.press(UserEvent::OpenWindow);
    assert_eq!(owner.effects[0], Effect::CloseWindow(first));
    assert_ne!(owner.window(), first);
    owner.meet(Event::WindowClosed(first));
    assert_eq!(waiting_words(&owner), WindowWords::Open, "the old window is not the new one");
}

#[test]
fn a_blocked_window_shows_the_link() {
    let mut owner = blocked();
    let Content::Blocked { url, service } = owner.content() else { panic!("{:?}", owner.content()) };
    assert_eq!((url.as_str(), service.name.as_str()), (world::START, world::QUICKBOOKS));
    assert!(owner.effects.contains(&Effect::FocusHeading));
    assert_eq!(owner.poll_wait(), 25_000, "the server is listened to all the while");
    owner.press(UserEvent::FollowLink);
    assert_eq!(waiting_words(&owner), WindowWords::Unwatched);
    assert!(
        owner.effects.iter().all(|effect| *effect == Effect::FocusHeading),
        "the browser follows the link"
    );
    owner.news(world::active(world::QUICKBOOKS));
    assert_eq!(owner.told(), [told_authorized(world::QUICKBOOKS)]);
}

#[test]
fn a_blocked_window_can_be_tried_again() {
    let mut owner = blocked();
    owner.press(UserEvent::OpenWindow);
    assert_eq!(waiting_words(&owner), WindowWords::Open);
    owner.window_is_blocked();
    assert_eq!(owner.screen_name(), "blocked");
}

#[test]
fn a_window_opened_again_may_be_blocked() {
    let mut owner = Traveller::signing_in(world::plain());
    owner.window_closes().press(UserEvent::OpenWindow).window_is_blocked();
    assert_eq!(owner.screen_name(), "blocked");
    owner.nothing_yet().press(UserEvent::OpenWindow).window_is_blocked().press(UserEvent::FollowLink);
    assert_eq!(waiting_words(&owner), WindowWords::Unwatched);
    owner.press(UserEvent::OpenWindow).window_closes();
    assert_eq!(waiting_words(&owner), WindowWords::Closed);
}

#[test]
fn a_link_stays_within_reach_after_the_waiting_time() {
    let mut owner = blocked();
    owner.patience_ends();
    assert_eq!(owner.screen_name(), "blocked", "without the link there would be no way to finish");
    owner.press(UserEvent::FollowLink);
    assert!(matches!(owner.content(), Content::Expired { still_listening: true, .. }));
    owner.news(world::active(world::QUICKBOOKS));
    assert_eq!(owner.screen_name(), "connected");

    let mut owner = blocked();
    owner.life_ends();
    assert!(
        matches!(owner.content(), Content::Expired { still_listening: false, .. }),
        "a link that leads nowhere is shown no longer"
    );
}

#[test]
fn the_window_is_closed_when_the_person_goes_back_while_it_opens() {
    let mut owner = opening();
    let (window, asked) = (owner.window(), owner.request_ticket());
    owner.press(UserEvent::Back);
    assert!(owner.effects.contains(&Effect::CloseWindow(window)));
    assert!(owner.effects.contains(&Effect::Forget(asked)));
    assert_eq!(owner.screen_name(), "picker");
    assert_eq!(owner.told(), []);
}

#[test]
fn events_about_another_window_change_nothing() {
    let mut owner = Traveller::signing_in(world::plain());
    let first = owner.window();
    let address =
        AddressResponse { url: "https://connect.example/oauth/start/two".to_owned(), ..world::address() };
    owner.press(UserEvent::Back).nothing_yet().pick(world::QUICKBOOKS).press(UserEvent::OpenWindow);
    for event in [Event::WindowClosed(first), Event::WindowBlocked(first)] {
        owner.meet(event);
        assert_eq!(owner.window_as_known(), Window::Open(owner.window()));
    }
    owner.answer_address(address);
    for event in
        [Event::WindowClosed(first), Event::WindowBlocked(first), Event::WindowOpened(owner.window())]
    {
        owner.meet(event);
        assert_eq!(waiting_words(&owner), WindowWords::Open);
        assert!(owner.effects.is_empty());
    }
}

#[test]
fn a_page_shown_again_asks_the_server_at_once() {
    let mut owner = Traveller::signing_in(world::plain());
    owner.meet(Event::PageRestored);
    let asked = owner.effects.iter().find_map(|effect| match effect {
        Effect::Ask { request: Request::Updates { wait_ms, .. }, .. } => Some(*wait_ms),
        _ => None,
    });
    assert_eq!(asked, Some(0));
    owner.nothing_yet().meet(Event::PageRestored);
    assert_eq!(owner.poll_wait(), 0, "a rest ends too");
}

#[test]
fn an_attempt_keeps_its_window_name_and_another_has_its_own() {
    let name = |owner: &Traveller| {
        owner.effects.iter().find_map(|effect| match effect {
            Effect::OpenWindow { name, .. } => Some(*name),
            _ => None,
        })
    };
    let mut owner = Traveller::in_the_picker(world::plain());
    owner.pick(world::QUICKBOOKS).press(UserEvent::OpenWindow);
    let first = name(&owner);
    owner.answer_address(world::address()).press(UserEvent::OpenWindow);
    assert!(first.is_some());
    assert_eq!(name(&owner), first, "opened again, it is the same attempt's");
    owner.press(UserEvent::Back).pick(world::QUICKBOOKS).press(UserEvent::OpenWindow);
    assert_ne!(name(&owner), first, "another attempt never takes over its window");
}
