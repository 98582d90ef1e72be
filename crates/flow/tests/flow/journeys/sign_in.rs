//! Signing in: from the press to the server's answer, which alone settles an attempt (invariant 2).

use railz_connect_contract::{
    AccessToken, AddressResponse, AttemptId, BusinessName, BusinessUuid, CONNECTION_TIMEOUT, ServiceName,
};
use railz_connect_flow::{Answer, Content, Effect, HostOptions, Picker, Request, RequestError, UserEvent};

use super::Story;
use crate::support::acts::told_authorized;
use crate::support::{Traveller, world};

pub const STORIES: &[Story] = &[
    a_business_connects_its_accounting_service,
    the_person_reads_where_the_window_leads_and_can_go_back,
    the_server_is_asked_about_this_attempt_only,
    a_poll_is_held_for_the_waiting_time_but_never_longer_than_proxies_allow,
    no_news_lets_the_machine_rest_and_ask_again,
    an_answer_about_another_connection_settles_nothing_invariant_2,
    a_proxys_error_page_never_settles_and_is_asked_about_less_and_less_often,
    an_answer_in_between_ends_the_backing_off,
    after_a_success_the_list_is_loaded_again_for_the_same_business,
];

fn poll(wait_ms: u32) -> Request {
    Request::Updates {
        token: AccessToken::new(world::TOKEN),
        connection_id: world::connection_id(),
        attempt_id: Some(AttemptId::new(world::ATTEMPT)),
        wait_ms,
    }
}

#[test]
fn a_business_connects_its_accounting_service() {
    let mut owner = Traveller::in_the_picker(world::plain());
    owner.pick(world::QUICKBOOKS);
    assert!(
        matches!(owner.content(), Content::Before { renewing: false, customer_name, .. } if customer_name == "Acme Lending")
    );
    owner.press(UserEvent::OpenWindow);
    let window = owner.window();
    assert_eq!(
        owner.request(),
        &Request::Address {
            token: AccessToken::new(world::TOKEN),
            service: ServiceName::new(world::QUICKBOOKS),
            integration: Some(world::integration_of(world::QUICKBOOKS)),
            answer: None,
        }
    );
    assert_eq!(owner.screen_name(), "opening");
    owner.answer_address(world::address());
    assert!(
        owner.effects.contains(&Effect::SendWindow { ticket: window, url: world::START.to_owned() }),
        "{:?}",
        owner.effects
    );
    assert!(
        !owner.effects.contains(&Effect::FocusHeading),
        "the opening and the waiting are one announcement"
    );
    assert_eq!(owner.screen_name(), "waiting");
    owner.news(world::active(world::QUICKBOOKS));
    assert_eq!(owner.told(), [told_authorized(world::QUICKBOOKS)]);
    assert!(owner.effects.contains(&Effect::CloseWindow(window)));
    assert_eq!(owner.screen_name(), "connected");
}

#[test]
fn the_person_reads_where_the_window_leads_and_can_go_back() {
    let mut owner = Traveller::in_the_picker(world::plain());
    owner.pick(world::QUICKBOOKS);
    assert!(owner.windows.is_empty() && owner.requests.is_empty(), "nothing happens before the second press");
    owner.press(UserEvent::Back);
    assert_eq!(owner.screen_name(), "picker");
}

#[test]
fn the_server_is_asked_about_this_attempt_only() {
    let owner = Traveller::signing_in(world::plain());
    assert_eq!(owner.request(), &poll(25_000));

    let mut elsewhere = Traveller::in_the_picker(world::plain());
    let address = AddressResponse { attempt_id: None, expires_in_seconds: None, ..world::address() };
    elsewhere.pick(world::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(address);
    assert!(matches!(elsewhere.request(), Request::Updates { attempt_id: None, .. }), "a server of 2.23");
    let timers: Vec<_> = elsewhere.timers.values().copied().collect();
    assert_eq!(
        timers,
        [120_000, 1_800_000],
        "the waiting time, and half an hour where the server says nothing"
    );
}

#[test]
fn a_poll_is_held_for_the_waiting_time_but_never_longer_than_proxies_allow() {
    for (seconds, wait) in [("10", 10_000), ("25", 25_000), ("3600", 25_000)] {
        let options = HostOptions { session_timeout: world::text(seconds), ..world::options() };
        assert_eq!(Traveller::signing_in(world::config(&options)).poll_wait(), wait);
    }
}

#[test]
fn no_news_lets_the_machine_rest_and_ask_again() {
    let mut owner = Traveller::signing_in(world::plain());
    for _ in 0..3 {
        owner.nothing_yet();
        assert_eq!(owner.rests_for(), 500);
        owner.rest_ends();
        assert_eq!(owner.request(), &poll(25_000));
        owner.refuse(404, CONNECTION_TIMEOUT);
        assert_eq!(owner.rests_for(), 500, "that the time to hold is over is no failure");
        owner.rest_ends();
    }
    assert_eq!(owner.told(), []);
    assert_eq!(owner.screen_name(), "waiting");
}

#[test]
fn an_answer_about_another_connection_settles_nothing_invariant_2() {
    let mut owner = Traveller::signing_in(world::plain());
    owner.news(world::of_another(world::active(world::QUICKBOOKS))).rest_ends();
    owner.news(world::of_another(world::denied(world::QUICKBOOKS)));
    assert_eq!(owner.told(), []);
    assert_eq!(owner.screen_name(), "waiting");
}

#[test]
fn a_proxys_error_page_never_settles_and_is_asked_about_less_and_less_often() {
    let mut owner = Traveller::signing_in(world::plain());
    let mut rests = Vec::new();
    for turn in 0..40 {
        let error = if turn % 2 == 0 { RequestError::Unreadable } else { RequestError::Unreachable };
        owner.answer(Err(error));
        rests.push(owner.rests_for());
        owner.rest_ends();
    }
    assert_eq!(rests[..6], [1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    assert!(rests[6..].iter().all(|rest| *rest == 10_000));
    assert_eq!(owner.told(), []);
    owner.news(world::active(world::QUICKBOOKS));
    assert_eq!(owner.told(), [told_authorized(world::QUICKBOOKS)]);
}

#[test]
fn an_answer_in_between_ends_the_backing_off() {
    let mut owner = Traveller::signing_in(world::plain());
    for answer in [
        Answer::Taken,
        Answer::Connections(Vec::new()),
        Answer::Accounts(world::accounts()),
        Answer::Address(world::address()),
        Answer::Session(Box::new(world::session())),
    ] {
        owner.answer(Ok(answer)).rest_ends();
    }
    owner.answer(Err(RequestError::Unreadable));
    assert_eq!(owner.rests_for(), 10_000, "what is not about the attempt is no answer");
    owner.rest_ends().nothing_yet();
    assert_eq!(owner.rests_for(), 500);
    owner.rest_ends().answer(Err(RequestError::Unreachable));
    assert_eq!(owner.rests_for(), 1_000);
}

#[test]
fn after_a_success_the_list_is_loaded_again_for_the_same_business() {
    let mut owner = Traveller::connected(world::plain());
    owner.press(UserEvent::Continue);
    let Request::Session { business_name, business_uuid } = owner.request() else { panic!() };
    assert_eq!(business_name.as_ref().map(BusinessName::as_str), Some("Harbour Bakery"));
    assert_eq!(business_uuid.as_ref().map(BusinessUuid::as_str), Some("BIZ-1"));
    owner.answer_session(world::session_with(vec![world::active(world::QUICKBOOKS)]));
    assert_eq!(owner.told(), [], "the load is told once");
    let Picker { connections, .. } = owner.picker();
    assert_eq!(connections[0].connection_id, world::connection_id());
}
