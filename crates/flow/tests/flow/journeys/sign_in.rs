//! Signing in: from the press to the server's answer, which alone settles an attempt (invariant 2).

use railz_connect_contract::{
    AddressResponse, AttemptId, BusinessName, BusinessUuid, CONNECTION_TIMEOUT, Connection, ServiceName,
};
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{RequestError, UserEvent};
use railz_connect_flow::screen::{Company, Content, Picker};
use railz_connect_flow::service::ConnectionTarget;
use railz_connect_flow::{Effect, HostOptions};

use super::Story;
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};

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
    a_company_that_nobody_can_tell_is_to_be_checked_by_the_person,
];

fn poll(wait_ms: u32) -> Request {
    Request::Updates {
        connection_id: fixtures::connection_id(),
        attempt_id: Some(AttemptId::new(fixtures::ATTEMPT)),
        wait_ms,
    }
}

#[test]
fn a_business_connects_its_accounting_service() {
    let mut widget = TestWidget::in_the_picker(fixtures::plain());
    widget.pick(fixtures::QUICKBOOKS);
    assert!(
        matches!(widget.content(), Content::Before { renewing: false, customer_name, .. } if customer_name == "Acme Lending")
    );
    widget.press(UserEvent::OpenWindow);
    let window = widget.window();
    assert_eq!(
        widget.request(),
        &Request::Address {
            service: ServiceName::new(fixtures::QUICKBOOKS),
            integration: Some(fixtures::integration_of(fixtures::QUICKBOOKS)),
            answer: None,
            target: ConnectionTarget::Usual,
        }
    );
    assert_eq!(widget.screen_name(), "opening");
    widget.answer_address(fixtures::address());
    assert!(
        widget.effects.contains(&Effect::SendWindow { ticket: window, url: fixtures::START.to_owned() }),
        "{:?}",
        widget.effects
    );
    assert!(
        !widget.effects.contains(&Effect::FocusHeading),
        "the opening and the waiting are one announcement"
    );
    assert_eq!(widget.screen_name(), "waiting");
    widget.news(fixtures::active(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
    assert!(widget.effects.contains(&Effect::CloseWindow(window)));
    assert_eq!(widget.screen_name(), "connected");
}

#[test]
fn the_person_reads_where_the_window_leads_and_can_go_back() {
    let mut widget = TestWidget::in_the_picker(fixtures::plain());
    widget.pick(fixtures::QUICKBOOKS);
    assert!(
        widget.windows.is_empty() && widget.requests.is_empty(),
        "nothing happens before the second press"
    );
    widget.press(UserEvent::Back);
    assert_eq!(widget.screen_name(), "picker");
}

#[test]
fn the_server_is_asked_about_this_attempt_only() {
    let widget = TestWidget::signing_in(fixtures::plain());
    assert_eq!(widget.request(), &poll(25_000));

    let mut elsewhere = TestWidget::in_the_picker(fixtures::plain());
    let address = AddressResponse { attempt_id: None, expires_in_seconds: None, ..fixtures::address() };
    elsewhere.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(address);
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
        let options = HostOptions { session_timeout: fixtures::text(seconds), ..fixtures::options() };
        assert_eq!(TestWidget::signing_in(fixtures::config(&options)).poll_wait(), wait);
    }
}

#[test]
fn no_news_lets_the_machine_rest_and_ask_again() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    for _ in 0..3 {
        widget.nothing_yet();
        assert_eq!(widget.rests_for(), 500);
        widget.rest_ends();
        assert_eq!(widget.request(), &poll(25_000));
        widget.refuse(404, CONNECTION_TIMEOUT);
        assert_eq!(widget.rests_for(), 500, "that the time to hold is over is no failure");
        widget.rest_ends();
    }
    assert_eq!(widget.host_events(), []);
    assert_eq!(widget.screen_name(), "waiting");
}

#[test]
fn an_answer_about_another_connection_settles_nothing_invariant_2() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.news(fixtures::of_another(fixtures::active(fixtures::QUICKBOOKS))).rest_ends();
    widget.news(fixtures::of_another(fixtures::denied(fixtures::QUICKBOOKS)));
    assert_eq!(widget.host_events(), []);
    assert_eq!(widget.screen_name(), "waiting");
}

#[test]
fn a_proxys_error_page_never_settles_and_is_asked_about_less_and_less_often() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    let mut rests = Vec::new();
    for turn in 0..40 {
        let error = if turn % 2 == 0 { RequestError::Unreadable } else { RequestError::Unreachable };
        widget.answer(Err(error));
        rests.push(widget.rests_for());
        widget.rest_ends();
    }
    assert_eq!(rests[..6], [1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    assert!(rests[6..].iter().all(|rest| *rest == 10_000));
    assert_eq!(widget.host_events(), []);
    widget.news(fixtures::active(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
}

#[test]
fn an_answer_in_between_ends_the_backing_off() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    for status in [500, 429, 400, 503, 409] {
        widget.refuse(status, "Not now").rest_ends();
    }
    widget.answer(Err(RequestError::Unreadable));
    assert_eq!(widget.rests_for(), 10_000, "what is not about the attempt is no answer");
    widget.rest_ends().nothing_yet();
    assert_eq!(widget.rests_for(), 500);
    widget.rest_ends().answer(Err(RequestError::Unreachable));
    assert_eq!(widget.rests_for(), 1_000);
}

#[test]
fn after_a_success_the_list_is_loaded_again_for_the_same_business() {
    let mut widget = TestWidget::connected(fixtures::plain());
    widget.press(UserEvent::Continue);
    let Request::Session { business_name, business_uuid, .. } = widget.request() else { panic!() };
    assert_eq!(business_name.as_ref().map(BusinessName::as_str), Some("Harbour Bakery"));
    assert_eq!(business_uuid.as_ref().map(BusinessUuid::as_str), Some("BIZ-1"));
    widget.answer_session(fixtures::session_with(vec![fixtures::active(fixtures::QUICKBOOKS)]));
    assert_eq!(widget.host_events(), [], "the load is told once");
    let Picker { connections, .. } = widget.picker();
    assert_eq!(connections[0].connection_id, fixtures::connection_id());
}

/// The server said so, and nobody read it: whoever signed in to the wrong company was told that everything is set up.
#[test]
fn a_company_that_nobody_can_tell_is_to_be_checked_by_the_person() {
    for (company_unknown, replaced_at, expected) in [
        (false, None, Company::Known),
        (true, None, Company::Unknown),
        (true, Some("2026-11-03T09:00:00Z".to_owned()), Company::Replaced),
    ] {
        let mut widget = TestWidget::signing_in(fixtures::plain());
        let connection = fixtures::active(fixtures::QUICKBOOKS);
        widget.news(Connection { company_unknown, replaced_at, ..connection });
        assert!(matches!(widget.content(), Content::Connected { company, .. } if company == expected));
    }
}
