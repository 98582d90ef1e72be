//! The sandbox: with one press where the server can, with the form of 2.23 on any other server.

use railz_connect_contract::{
    AddressResponse, Connection, ConnectionError, ConnectionId, ConnectionState, IntegrationUuid,
    ServiceName, UseCase,
};
use railz_connect_flow::Effect;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{RequestError, Response, UserEvent};
use railz_connect_flow::screen::Content;
use railz_connect_flow::service::ConnectionTarget;
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::state::Stage;

use super::Story;
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    one_press_connects_the_sandbox,
    the_other_outcomes_stand_beside_the_one_press,
    the_form_opens_also_while_a_sign_in_that_was_left_is_asked_for,
    the_form_is_offered_only_where_the_sandbox_can_be_pressed_and_there_is_something_to_choose,
    the_form_is_filled_in_on_other_servers,
    an_incomplete_form_is_kept_and_says_so,
    a_provider_that_is_not_offered_counts_as_missing,
    every_use_case_is_offered_and_posted_as_it_is,
    a_form_can_be_left,
    a_connecting_sandbox_can_be_left_before_the_use_case_is_posted,
    without_a_connection_id_the_newest_mock_connection_counts,
    trying_the_sandbox_again_presses_again,
    trying_a_provider_of_the_form_again_leads_to_the_list,
];

pub(super) fn sandbox_address() -> AddressResponse {
    AddressResponse { url: "/sandbox/login/ATT-1".to_owned(), ..fixtures::address() }
}

/// The form of another server, which names no connection.
fn form_address() -> AddressResponse {
    AddressResponse { connection_id: None, attempt_id: None, expires_in_seconds: None, ..sandbox_address() }
}

fn mock_connection(id: &str, created_at: &str, state: ConnectionState) -> Connection {
    Connection {
        connection_id: ConnectionId::new(id),
        is_mock_data: true,
        integration_uuid: None,
        created_at: Some(created_at.to_owned()),
        ..fixtures::connection(fixtures::XERO, state)
    }
}

/// At the status of a sandbox connected with one press.
pub(super) fn asked_for_the_status() -> TestWidget {
    let mut widget = TestWidget::in_the_picker(fixtures::plain());
    widget.pick(fixtures::SANDBOX).answer_address(sandbox_address()).answer(Ok(Response::Empty));
    widget
}

/// Whether the list offers the form beside the one press.
fn offers_the_form(widget: &TestWidget) -> bool {
    matches!(widget.content(), Content::Picker(picker) if picker.sandbox_form)
}

fn in_the_form() -> TestWidget {
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::session_with_the_form());
    widget.pick(fixtures::SANDBOX);
    widget
}

#[test]
fn one_press_connects_the_sandbox() {
    let mut widget = TestWidget::in_the_picker(fixtures::plain());
    widget.pick(fixtures::SANDBOX);
    assert_eq!(
        widget.request(),
        &Request::Address {
            service: ServiceName::new(fixtures::SANDBOX),
            integration: Some(fixtures::integration_of(fixtures::SANDBOX)),
            answer: None,
            target: ConnectionTarget::Usual,
        }
    );
    assert_eq!(widget.screen_name(), "working");
    widget.answer_address(sandbox_address());
    let url = "/sandbox/login/ATT-1".to_owned();
    assert_eq!(widget.request(), &Request::SandboxLogin { url, use_case: UseCase::UserGood });
    widget.answer(Ok(Response::Empty));
    assert_eq!(widget.request(), &Request::Status);
    let older = fixtures::of_another(fixtures::active(fixtures::QUICKBOOKS));
    widget.answer_connections(vec![older, fixtures::active(fixtures::SANDBOX)]);
    assert_eq!(widget.host_events(), [authorized(fixtures::SANDBOX)]);
    assert_eq!(widget.screen_name(), "connected");
    assert!(widget.windows.is_empty(), "no window was needed");
}

#[test]
fn the_form_is_filled_in_on_other_servers() {
    let mut widget = in_the_form();
    assert_eq!(widget.screen_name(), "sandboxForm");
    widget.submit_form(Some(UseCase::UserGood), Some(fixtures::MOCK));
    assert_eq!(
        widget.request(),
        &Request::Address {
            service: ServiceName::new(fixtures::XERO),
            integration: None,
            answer: None,
            target: ConnectionTarget::Usual,
        },
        "the provider's name and no integration, as 2.23 asks"
    );
    widget.answer_address(form_address()).answer(Ok(Response::Empty));
    widget.answer_connections(vec![mock_connection(
        fixtures::CONNECTION,
        "2026-01-01",
        ConnectionState::Active,
    )]);
    assert_eq!(widget.host_events(), [authorized(fixtures::XERO)]);
}

#[test]
fn an_incomplete_form_is_kept_and_says_so() {
    let mut widget = in_the_form();
    widget.submit_form(None, Some(fixtures::MOCK));
    let Content::SandboxForm { providers, use_cases, incomplete } = widget.content() else { panic!() };
    assert!(incomplete && providers[0].chosen && use_cases.iter().all(|one| !one.chosen));
    widget.submit_form(Some(UseCase::DataEmpty), None);
    let Content::SandboxForm { providers, use_cases, incomplete } = widget.content() else { panic!() };
    assert!(incomplete && !providers[0].chosen);
    let chosen: Vec<_> = use_cases.iter().filter(|one| one.chosen).map(|one| one.value).collect();
    assert_eq!(chosen, [UseCase::DataEmpty]);
    widget.submit_form(Some(UseCase::DataEmpty), Some(fixtures::MOCK));
    assert_eq!(widget.screen_name(), "working");
}

#[test]
fn a_provider_that_is_not_offered_counts_as_missing() {
    let mut widget = in_the_form();
    widget.submit_form(Some(UseCase::UserGood), Some("INT-quickbooks"));
    let Content::SandboxForm { providers, incomplete, .. } = widget.content() else { panic!() };
    assert!(
        incomplete && providers.iter().all(|one| !one.chosen),
        "a real service is no provider of the form"
    );
    assert!(widget.requests.is_empty(), "nothing is asked");
    assert!(
        matches!(widget.state.stage(), Some(Stage::FillingSandboxForm(stage)) if stage.form.provider.is_none())
    );
}

#[test]
fn every_use_case_is_offered_and_posted_as_it_is() {
    let offered = in_the_form();
    let Content::SandboxForm { use_cases, providers, incomplete } = offered.content() else { panic!() };
    assert!(!incomplete, "nothing is wrong before the first press");
    let offered: Vec<_> = use_cases.iter().map(|one| one.value).collect();
    assert_eq!(offered, UseCase::ALL);
    let integrations: Vec<_> = providers.iter().map(|one| &one.value.integration).collect();
    assert_eq!(integrations, [&IntegrationUuid::new(fixtures::MOCK)]);
    for wanted in UseCase::ALL {
        let mut widget = in_the_form();
        widget.submit_form(Some(wanted), Some(fixtures::MOCK)).answer_address(form_address());
        assert!(
            matches!(widget.request(), Request::SandboxLogin { use_case, .. } if *use_case == wanted),
            "{wanted:?}"
        );
    }
}

#[test]
fn a_form_can_be_left() {
    let mut widget = in_the_form();
    widget.press(UserEvent::Back);
    assert_eq!(widget.screen_name(), "picker");
    assert_eq!(widget.host_events(), []);
}

#[test]
fn a_connecting_sandbox_can_be_left_before_the_use_case_is_posted() {
    let mut widget = TestWidget::in_the_picker(fixtures::plain());
    widget.pick(fixtures::SANDBOX);
    let asked = widget.request_ticket();
    widget.press(UserEvent::Back);
    assert!(widget.effects.contains(&Effect::Cancel(asked)));
    assert_eq!(widget.screen_name(), "picker");

    widget.pick(fixtures::SANDBOX).answer_address(sandbox_address()).press(UserEvent::Back);
    assert_eq!(widget.screen_name(), "working", "what is posted is posted: its end is told");
}

#[test]
fn without_a_connection_id_the_newest_mock_connection_counts() {
    let mut widget = in_the_form();
    widget.submit_form(Some(UseCase::UserGood), Some(fixtures::MOCK)).answer_address(form_address());
    widget.answer(Ok(Response::Empty)).answer_connections(vec![
        mock_connection("CON-old", "2026-01-01T00:00:00Z", ConnectionState::Invalid),
        mock_connection(fixtures::CONNECTION, "2026-02-01T00:00:00Z", ConnectionState::Active),
        mock_connection("CON-older", "2025-01-01T00:00:00Z", ConnectionState::Invalid),
        Connection {
            is_mock_data: false,
            ..mock_connection("CON-real", "2026-03-01T00:00:00Z", ConnectionState::Invalid)
        },
    ]);
    assert_eq!(widget.host_events(), [authorized(fixtures::XERO)]);
}

#[test]
fn trying_the_sandbox_again_presses_again() {
    let mut widget = asked_for_the_status();
    widget.answer_connections(Vec::new()).press(UserEvent::TryAgain);
    assert_eq!(widget.name(), "ConnectingSandbox(address)");
}

#[test]
fn trying_a_provider_of_the_form_again_leads_to_the_list() {
    let mut widget = in_the_form();
    widget.submit_form(Some(UseCase::FailedConnection), Some(fixtures::MOCK));
    widget.answer(Err(RequestError::Unreachable)).press(UserEvent::TryAgain);
    assert_eq!(widget.screen_name(), "picker");
}

/// Before, only servers without the one press showed the form: on ours no other outcome than a success could be tried.
#[test]
fn the_other_outcomes_stand_beside_the_one_press() {
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::session_with_outcomes());
    assert!(offers_the_form(&widget));
    widget.press(UserEvent::OpenSandboxForm);
    assert_eq!(widget.screen_name(), "sandboxForm");
    widget.submit_form(Some(UseCase::DuplicateConnection), Some(fixtures::MOCK));
    widget.answer_address(sandbox_address());
    let url = "/sandbox/login/ATT-1".to_owned();
    assert_eq!(widget.request(), &Request::SandboxLogin { url, use_case: UseCase::DuplicateConnection });
    widget.answer(Ok(Response::Empty));
    widget.answer_connections(vec![fixtures::invalid(fixtures::XERO, ConnectionError::DuplicateAccount)]);
    assert_eq!(widget.screen_name(), "duplicate");
}

#[test]
fn the_form_is_offered_only_where_the_sandbox_can_be_pressed_and_there_is_something_to_choose() {
    for (session, offered) in [
        (fixtures::session_with_outcomes(), true),
        // No service to play.
        (fixtures::session(), false),
        // The press leads to the form anyway.
        (fixtures::session_with_the_form(), false),
        // Nothing more can be connected.
        (
            SessionResponse {
                connections: Some(vec![fixtures::active(fixtures::QUICKBOOKS)]),
                ..fixtures::session_with_outcomes()
            },
            false,
        ),
    ] {
        let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), session);
        assert_eq!(offers_the_form(&widget), offered);
        widget.press(UserEvent::OpenSandboxForm);
        assert_eq!(widget.screen_name() == "sandboxForm", offered);
    }
}

#[test]
fn the_form_opens_also_while_a_sign_in_that_was_left_is_asked_for() {
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::session_with_outcomes());
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(fixtures::address());
    widget.press(UserEvent::Back);
    assert_eq!(widget.name(), "Choosing(final poll)");
    widget.press(UserEvent::OpenSandboxForm);
    assert_eq!(widget.screen_name(), "sandboxForm");
    assert!(widget.requests.is_empty(), "nobody waits for the sign-in that was given up");
}
