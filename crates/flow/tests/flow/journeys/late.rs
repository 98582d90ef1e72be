//! Late: a timeout ends the waiting, not the attempt (invariant 3); the attempt's life on the server ends the listening.

use railz_connect_contract::{AddressResponse, CONNECTION_TIMEOUT, ConnectionError, ConnectionState};
use railz_connect_flow::{
    Answer, Content, Effect, ErrorCode, ErrorText, Event, EventName, HostOptions, RequestError, UserEvent,
    Window,
};

use super::Story;
use crate::support::acts::{told_authorized, told_of_attempt, told_timeout};
use crate::support::{Traveller, world};

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

fn expired(owner: &Traveller) -> bool {
    match owner.content() {
        Content::Expired { still_listening, .. } => still_listening,
        other => panic!("not expired: {other:?}"),
    }
}

#[test]
fn the_end_of_the_waiting_time_is_told_once_and_listening_goes_on() {
    let mut owner = Traveller::signing_in(world::plain());
    let asked = owner.request_ticket();
    owner.patience_ends();
    assert_eq!(owner.told(), [told_timeout()]);
    assert!(expired(&owner));
    assert_eq!(owner.request_ticket(), asked);
}

#[test]
fn a_late_success_still_counts_and_is_told_once_invariant_3() {
    let mut owner = Traveller::late(world::posting());
    owner.nothing_yet().rest_ends().news(world::active(world::QUICKBOOKS));
    assert_eq!(owner.told(), [told_authorized(world::QUICKBOOKS)]);
    assert!(owner.handed_over().is_some());
}

#[test]
fn a_late_refusal_is_told_too() {
    let mut owner = Traveller::late(world::plain());
    owner.news(world::denied(world::QUICKBOOKS));
    assert_eq!(owner.told().len(), 1);
    assert_eq!(owner.screen_name(), "refused");

    let mut owner = Traveller::late(world::plain());
    owner.refuse(502, "The books are closed");
    let words = Some("The books are closed");
    assert_eq!(
        owner.told(),
        [told_of_attempt(EventName::Load, ErrorCode::General, ErrorText::OfCode, words)]
    );
}

#[test]
fn a_waiting_time_that_ends_during_a_rest_changes_nothing_else() {
    let mut owner = Traveller::signing_in(world::plain());
    owner.nothing_yet().patience_ends();
    assert_eq!(owner.rests_for(), 500);
    owner.rest_ends().nothing_yet().rest_ends();
    assert!(expired(&owner));
}

#[test]
fn late_polls_back_off_and_go_on() {
    let mut owner = Traveller::late(world::plain());
    owner.meet(Event::PageRestored).nothing_yet().rest_ends();
    owner.refuse(404, CONNECTION_TIMEOUT).rest_ends();
    for answer in [
        Answer::Taken,
        Answer::Connections(Vec::new()),
        Answer::Accounts(world::accounts()),
        Answer::Address(world::address()),
        Answer::Session(Box::new(world::session())),
    ] {
        owner.answer(Ok(answer)).rest_ends();
    }
    owner.nothing_yet().rest_ends();
    owner.answer(Err(RequestError::Unreadable)).rest_ends().answer(Err(RequestError::Unreachable));
    assert_eq!(owner.rests_for(), 2_000);
    owner.rest_ends().news(world::of_another(world::active(world::QUICKBOOKS)));
    assert!(expired(&owner));
}

#[test]
fn a_late_window_can_close_and_open_again() {
    let mut owner = Traveller::late(world::plain());
    owner.window_closes();
    assert_eq!(owner.poll_wait(), 0);
    assert!(expired(&owner));
    owner.press(UserEvent::OpenWindow).window_is_blocked();
    assert_eq!(owner.screen_name(), "blocked");
    owner.press(UserEvent::FollowLink);
    assert_eq!(owner.window_as_known(), Window::Unwatched);
    assert_eq!(owner.told(), []);
}

#[test]
fn an_attempt_whose_life_is_over_is_listened_to_no_longer() {
    let mut owner = Traveller::late(world::plain());
    let asked = owner.request_ticket();
    owner.life_ends();
    assert!(owner.effects.contains(&Effect::Forget(asked)));
    assert!(!expired(&owner));
    assert!(owner.requests.is_empty() && owner.timers.is_empty());

    let mut resting = Traveller::late(world::plain());
    resting.nothing_yet().life_ends();
    assert!(resting.timers.is_empty());
}

#[test]
fn a_server_that_says_gone_ends_the_listening_and_it_is_told_as_timeout_once() {
    let mut owner = Traveller::signing_in(world::plain());
    owner.refuse(410, "This sign-in is over");
    assert_eq!(owner.told(), [told_timeout()]);
    assert!(!expired(&owner));
    assert!(owner.timers.is_empty() && owner.requests.is_empty());
}

#[test]
fn a_life_that_ends_before_the_waiting_time_is_told_as_timeout_once() {
    let mut owner = Traveller::signing_in(world::plain());
    owner.life_ends();
    assert_eq!(owner.told(), [told_timeout()]);
    assert!(!expired(&owner));

    let mut resting = Traveller::signing_in(world::plain());
    resting.nothing_yet().life_ends();
    assert_eq!(resting.told(), [told_timeout()]);
}

#[test]
fn a_life_that_ends_late_is_not_told_again() {
    let mut owner = Traveller::late(world::plain());
    owner.life_ends();
    assert_eq!(owner.told(), []);
    let mut owner = Traveller::late(world::plain());
    owner.refuse(410, "This sign-in is over");
    assert_eq!(owner.told(), []);
}

#[test]
fn a_dead_attempt_only_leads_away() {
    let mut dead = Traveller::late(world::plain());
    dead.life_ends();
    let window = dead.window();

    let mut owner = dead.clone();
    owner.press(UserEvent::OpenWindow);
    assert!(owner.effects.is_empty(), "nothing opens for an attempt that can no longer end well");
    owner.window_closes();
    assert!(owner.requests.is_empty(), "nor is anybody asked about it");
    owner.press(UserEvent::Back);
    assert_eq!(owner.place(), "Choosing", "there is nothing to ask once more");

    let mut owner = dead;
    owner.press(UserEvent::TryAgain);
    assert!(owner.effects.contains(&Effect::CloseWindow(window)));
    assert_eq!(owner.screen_name(), "before");

    let mut blocked = Traveller::signing_in(world::plain());
    blocked.window_closes().press(UserEvent::OpenWindow).life_ends().window_is_blocked();
    assert_eq!(blocked.screen_name(), "expired");
    blocked.press(UserEvent::FollowLink);
    assert_eq!(blocked.screen_name(), "expired");
}

#[test]
fn who_tries_again_late_begins_a_new_attempt_and_the_old_one_is_heard_no_more() {
    let mut owner = Traveller::late(world::plain());
    let old = owner.request_ticket();
    owner.press(UserEvent::TryAgain);
    assert!(owner.effects.contains(&Effect::Forget(old)));
    owner.press(UserEvent::OpenWindow).answer_address(world::address()).patience_ends();
    assert_eq!(owner.told(), [told_timeout()], "one timeout for each attempt");
    owner.news(world::active(world::QUICKBOOKS));
    assert_eq!(owner.told(), [told_authorized(world::QUICKBOOKS)]);
}

#[test]
fn cancelling_asks_once_more_and_a_success_just_before_still_counts() {
    let mut owner = Traveller::signing_in(world::plain());
    let window = owner.window();
    owner.press(UserEvent::Back);
    assert!(owner.effects.contains(&Effect::CloseWindow(window)));
    assert_eq!(owner.screen_name(), "picker", "the person does not wait for it");
    assert_eq!(owner.poll_wait(), 0);
    owner.news(world::active(world::QUICKBOOKS));
    assert_eq!(owner.told(), [told_authorized(world::QUICKBOOKS)]);
    assert_eq!(owner.screen_name(), "connected");
}

#[test]
fn cancelling_late_asks_once_more_too() {
    let mut owner = Traveller::late(world::posting());
    owner.nothing_yet().press(UserEvent::Back).news(world::active(world::QUICKBOOKS));
    assert_eq!(owner.told(), [told_authorized(world::QUICKBOOKS)]);
    assert_eq!(owner.screen_name(), "handingOver");
    let mut resting = Traveller::signing_in(world::plain());
    resting.nothing_yet().press(UserEvent::Back);
    assert_eq!(resting.place(), "Choosing(farewell)");
}

#[test]
fn a_duplicate_found_by_the_last_question_is_shown() {
    let mut owner = Traveller::signing_in(world::plain());
    owner.press(UserEvent::Back);
    owner.news(world::invalid(world::QUICKBOOKS, ConnectionError::DuplicateAccount));
    assert_eq!(owner.screen_name(), "duplicate");
}

#[test]
fn anything_else_that_the_last_question_brings_is_past() {
    fn done(_: &mut Traveller) {}
    let pasts: [fn(&mut Traveller); 11] = [
        |owner| done(owner.nothing_yet()),
        |owner| done(owner.news(world::denied(world::QUICKBOOKS))),
        |owner| done(owner.news(world::of_another(world::active(world::QUICKBOOKS)))),
        |owner| done(owner.news(world::connection(world::QUICKBOOKS, ConnectionState::Pending))),
        |owner| done(owner.refuse(502, "The books are closed")),
        |owner| done(owner.answer(Err(RequestError::Unreachable))),
        |owner| done(owner.answer(Err(RequestError::Unreadable))),
        |owner| done(owner.answer_connections(vec![world::active(world::QUICKBOOKS)])),
        |owner| done(owner.answer_session(world::session())),
        |owner| done(owner.answer_address(world::address())),
        |owner| done(owner.answer(Ok(Answer::Taken))),
    ];
    for past in pasts {
        let mut owner = Traveller::signing_in(world::plain());
        owner.press(UserEvent::Back);
        past(&mut owner);
        assert_eq!(owner.told(), []);
        assert_eq!(owner.place(), "Choosing");
    }
}

#[test]
fn the_last_question_is_dropped_when_something_new_is_picked() {
    let mut owner = Traveller::signing_in(world::plain());
    owner.press(UserEvent::Back);
    let asked = owner.request_ticket();
    owner.pick("of no widget");
    assert_eq!(owner.place(), "Choosing(farewell)", "what is not there cannot be picked");
    owner.pick(world::XERO);
    assert_eq!(owner.effects[0], Effect::Forget(asked));
    assert_eq!(owner.screen_name(), "before");

    let mut one_press = Traveller::signing_in(world::plain());
    one_press.press(UserEvent::Back).pick(world::SANDBOX);
    assert_eq!(one_press.screen_name(), "working");

    let mut form = Traveller::in_the_picker_of(world::plain(), world::session_with_the_form());
    form.pick(world::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(world::address());
    form.press(UserEvent::Back).pick(world::SANDBOX);
    assert!(form.requests.is_empty());
    assert_eq!(form.screen_name(), "sandboxForm");
}

#[test]
fn lives_and_waiting_times_fit_the_browsers_timers() {
    let options = HostOptions { session_timeout: world::text("86400"), ..world::options() };
    let mut owner = Traveller::in_the_picker(world::config(&options));
    let address = AddressResponse { expires_in_seconds: Some(u32::MAX), ..world::address() };
    owner.pick(world::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(address);
    let longest = i32::MAX.unsigned_abs();
    assert!(owner.timers.values().all(|after_ms| *after_ms <= longest), "{:?}", owner.timers);

    let mut owner = Traveller::in_the_picker(world::plain());
    let address = AddressResponse { expires_in_seconds: Some(600), ..world::address() };
    owner.pick(world::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(address);
    let timers: Vec<_> = owner.timers.values().copied().collect();
    assert_eq!(timers, [120_000, 600_000]);
}
