//! What a host may count: each thing once, when it happens, and nothing about a person.

use railz_connect_contract::{ConnectionState, ServiceName, UseCase};
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::funnel::{FunnelEvent, outcome};
use railz_connect_flow::host_event::ErrorCode;
use railz_connect_flow::{Event, update};

use crate::support::state_space::{self, StateSpace};
use crate::support::{TestWidget, fixtures, possible_events};

fn quickbooks() -> ServiceName {
    ServiceName::new(fixtures::QUICKBOOKS)
}

/// What is counted when this happens; the widget goes on.
fn counted(widget: &mut TestWidget, event: Event) -> Vec<FunnelEvent> {
    let counted = update(&widget.config, widget.state.clone(), event.clone()).counted;
    widget.dispatch(event);
    counted
}

fn pressed(widget: &mut TestWidget, press: UserEvent) -> Vec<FunnelEvent> {
    counted(widget, Event::User(press))
}

/// The one request that is out is answered with this connection.
fn news(widget: &mut TestWidget, connection: railz_connect_contract::Connection) -> Vec<FunnelEvent> {
    let ticket = *widget.requests.keys().next().expect("a request is out");
    let result = Ok(railz_connect_flow::event::Response::Update(Some(Box::new(connection))));
    counted(widget, Event::Response { ticket, result })
}

#[test]
fn a_sign_in_is_counted_step_by_step() {
    let mut widget = TestWidget::start(fixtures::closable());
    let ticket = *widget.requests.keys().next().unwrap();
    let session = railz_connect_flow::event::Response::Session(Box::new(fixtures::session()));
    assert_eq!(counted(&mut widget, Event::Response { ticket, result: Ok(session) }), [FunnelEvent::Opened]);
    let pick = UserEvent::Pick(fixtures::integration_of(fixtures::QUICKBOOKS));
    let selected = FunnelEvent::ServiceSelected { service: quickbooks(), renewing: false };
    assert_eq!(pressed(&mut widget, pick), [selected]);
    assert_eq!(pressed(&mut widget, UserEvent::OpenWindow), [FunnelEvent::SignInStarted(quickbooks())]);
    widget.answer_address(fixtures::address());
    let window = widget.window();
    assert_eq!(counted(&mut widget, Event::WindowClosed(window)), [FunnelEvent::WindowClosed(quickbooks())]);
    assert_eq!(counted(&mut widget, Event::WindowClosed(window)), [], "once");
    assert_eq!(pressed(&mut widget, UserEvent::OpenWindow), [FunnelEvent::WindowReopened(quickbooks())]);
    let window = widget.window();
    assert_eq!(
        counted(&mut widget, Event::WindowBlocked(window)),
        [FunnelEvent::WindowBlocked(quickbooks())]
    );
    let connected = FunnelEvent::Outcome { service: quickbooks(), error: None };
    assert_eq!(news(&mut widget, fixtures::active(fixtures::QUICKBOOKS)), [connected]);
    assert_eq!(pressed(&mut widget, UserEvent::Close), [FunnelEvent::Exited]);
}

#[test]
fn a_refusal_and_a_timeout_are_outcomes_with_their_code() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    let refused =
        FunnelEvent::Outcome { service: quickbooks(), error: Some(ErrorCode::InsufficientPermission) };
    assert_eq!(news(&mut widget, fixtures::denied(fixtures::QUICKBOOKS)), [refused]);
    let words = [
        (None, "connected"),
        (Some(ErrorCode::DuplicateAccount), "duplicate"),
        (Some(ErrorCode::Timeout), "timeout"),
        (Some(ErrorCode::UnauthorizedCredentials), "refused"),
        (Some(ErrorCode::General), "failed"),
    ];
    for (error, word) in words {
        assert_eq!(outcome(error), word);
    }
}

#[test]
fn a_search_is_counted_by_its_length_when_it_ends_in_a_pick_or_the_list_is_left() {
    let searching = || {
        let mut widget = TestWidget::in_the_picker(fixtures::closable());
        assert_eq!(pressed(&mut widget, UserEvent::Search(" quíck ".to_owned())), []);
        widget
    };
    let search = FunnelEvent::SearchUsed { length: 5 };
    let mut picking = searching();
    let pick = UserEvent::Pick(fixtures::integration_of(fixtures::QUICKBOOKS));
    let selected = FunnelEvent::ServiceSelected { service: quickbooks(), renewing: false };
    assert_eq!(pressed(&mut picking, pick), [search.clone(), selected]);
    assert_eq!(pressed(&mut searching(), UserEvent::Close), [search, FunnelEvent::Exited]);
}

#[test]
fn an_outcome_that_nobody_could_say_is_counted_with_its_service() {
    let mut widget = TestWidget::signing_in(fixtures::closable());
    assert_eq!(pressed(&mut widget, UserEvent::Close), []);
    let unknown = FunnelEvent::OutcomeUnknown(quickbooks());
    assert_eq!((unknown.name(), unknown.service()), ("outcomeUnknown", Some(&quickbooks())));
    assert_eq!(pressed(&mut widget, UserEvent::Close), [unknown, FunnelEvent::Exited]);
}

#[test]
fn renewing_is_told_apart_from_connecting() {
    let expired = fixtures::connection(fixtures::QUICKBOOKS, ConnectionState::Expired);
    let id = expired.connection_id.clone();
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::session_with(vec![expired]));
    let selected = FunnelEvent::ServiceSelected { service: quickbooks(), renewing: true };
    assert_eq!(pressed(&mut widget, UserEvent::Renew(id)), [selected]);
}

#[test]
fn the_sandbox_begins_with_its_press() {
    let mut widget = TestWidget::in_the_picker(fixtures::plain());
    let sandbox = ServiceName::new(fixtures::SANDBOX);
    let pick = UserEvent::Pick(fixtures::integration_of(fixtures::SANDBOX));
    let selected = FunnelEvent::ServiceSelected { service: sandbox.clone(), renewing: false };
    assert_eq!(pressed(&mut widget, pick), [selected, FunnelEvent::SignInStarted(sandbox)]);
    let mut form = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::session_with_the_form());
    form.press(UserEvent::Pick(fixtures::integration_of(fixtures::SANDBOX)));
    let values = fixtures::sandbox_form(Some(UseCase::UserGood), Some(fixtures::MOCK));
    let xero = FunnelEvent::SignInStarted(ServiceName::new(fixtures::XERO));
    assert_eq!(pressed(&mut form, UserEvent::Submit(values)), [xero]);
}

#[test]
fn linking_a_bank_begins_with_its_tile() {
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::bank_session());
    let bank = ServiceName::new("plaid");
    let pick = UserEvent::Pick(fixtures::integration_of("plaid"));
    let selected = FunnelEvent::ServiceSelected { service: bank.clone(), renewing: false };
    assert_eq!(pressed(&mut widget, pick), [selected, FunnelEvent::SignInStarted(bank)]);
}

#[test]
fn whatever_happens_nothing_about_a_person_is_counted() {
    for widget in state_space::all().iter().flat_map(StateSpace::one_a_place) {
        for event in possible_events::next(&widget) {
            let step = update(&widget.config, widget.state.clone(), event);
            let said = format!("{:?}", step.counted);
            for private in [fixtures::TOKEN, "Harbour Bakery", "BIZ-1", fixtures::CONNECTION, "Acme"] {
                assert!(!said.contains(private), "{said}");
            }
        }
    }
}
