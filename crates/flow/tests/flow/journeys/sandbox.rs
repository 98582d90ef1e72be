//! The sandbox: with one press where the server can, with the form of 2.23 on any other server.

use railz_connect_contract::{
    AccessToken, AddressResponse, Connection, ConnectionError, ConnectionId, ConnectionState,
    IntegrationUuid, ServiceName, UseCase,
};
use railz_connect_flow::{
    Answer, Content, Effect, ErrorCode, ErrorText, EventName, HostError, HostEvent, Place, Refusal, Request,
    RequestError, UserEvent,
};

use super::Story;
use crate::support::acts::told_authorized;
use crate::support::{Traveller, world};

pub const STORIES: &[Story] = &[
    one_press_connects_the_sandbox,
    the_form_is_filled_in_on_other_servers,
    an_incomplete_form_is_kept_and_says_so,
    a_provider_that_is_not_offered_counts_as_missing,
    every_use_case_is_offered_and_posted_as_it_is,
    a_use_case_can_end_as_a_duplicate,
    a_use_case_can_end_refused,
    a_form_can_be_left,
    a_connecting_sandbox_can_be_left_before_the_use_case_is_posted,
    a_failure_at_any_step_ends_the_attempt_and_is_told,
    an_answer_of_another_kind_at_any_step_ends_the_attempt,
    a_status_without_the_connection_ends_the_attempt,
    without_a_connection_id_the_newest_mock_connection_counts,
    trying_the_sandbox_again_presses_again,
    trying_a_provider_of_the_form_again_leads_to_the_list,
];

fn token() -> AccessToken {
    AccessToken::new(world::TOKEN)
}

fn sandbox_address() -> AddressResponse {
    AddressResponse { url: "/sandbox/login/ATT-1".to_owned(), ..world::address() }
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
        ..world::connection(world::XERO, state)
    }
}

/// At the status of a sandbox connected with one press.
fn asked_for_the_status() -> Traveller {
    let mut owner = Traveller::in_the_picker(world::plain());
    owner.pick(world::SANDBOX).answer_address(sandbox_address()).answer(Ok(Answer::Taken));
    owner
}

fn in_the_form() -> Traveller {
    let mut owner = Traveller::in_the_picker_of(world::plain(), world::session_with_the_form());
    owner.pick(world::SANDBOX);
    owner
}

#[test]
fn one_press_connects_the_sandbox() {
    let mut owner = Traveller::in_the_picker(world::plain());
    owner.pick(world::SANDBOX);
    assert_eq!(
        owner.request(),
        &Request::Address {
            token: token(),
            service: ServiceName::new(world::SANDBOX),
            integration: Some(world::integration_of(world::SANDBOX)),
            answer: None,
        }
    );
    assert_eq!(owner.screen_name(), "working");
    owner.answer_address(sandbox_address());
    let url = "/sandbox/login/ATT-1".to_owned();
    assert_eq!(owner.request(), &Request::SandboxLogin { token: token(), url, use_case: UseCase::UserGood });
    owner.answer(Ok(Answer::Taken));
    assert_eq!(owner.request(), &Request::Status { token: token() });
    let older = world::of_another(world::active(world::QUICKBOOKS));
    owner.answer_connections(vec![older, world::active(world::SANDBOX)]);
    assert_eq!(owner.told(), [told_authorized(world::SANDBOX)]);
    assert_eq!(owner.screen_name(), "connected");
    assert!(owner.windows.is_empty(), "no window was needed");
}

#[test]
fn the_form_is_filled_in_on_other_servers() {
    let mut owner = in_the_form();
    assert_eq!(owner.screen_name(), "sandboxForm");
    owner.submit_form(Some(UseCase::UserGood), Some(world::MOCK));
    assert_eq!(
        owner.request(),
        &Request::Address {
            token: token(),
            service: ServiceName::new(world::XERO),
            integration: None,
            answer: None
        },
        "the provider's name and no integration, as 2.23 asks"
    );
    owner.answer_address(form_address()).answer(Ok(Answer::Taken));
    owner.answer_connections(vec![mock_connection(world::CONNECTION, "2026-01-01", ConnectionState::Active)]);
    assert_eq!(owner.told(), [told_authorized(world::XERO)]);
}

#[test]
fn an_incomplete_form_is_kept_and_says_so() {
    let mut owner = in_the_form();
    owner.submit_form(None, Some(world::MOCK));
    let Content::SandboxForm { providers, use_cases, incomplete } = owner.content() else { panic!() };
    assert!(incomplete && providers[0].chosen && use_cases.iter().all(|one| !one.chosen));
    owner.submit_form(Some(UseCase::DataEmpty), None);
    let Content::SandboxForm { providers, use_cases, incomplete } = owner.content() else { panic!() };
    assert!(incomplete && !providers[0].chosen);
    let chosen: Vec<_> = use_cases.iter().filter(|one| one.chosen).map(|one| one.value).collect();
    assert_eq!(chosen, [UseCase::DataEmpty]);
    owner.submit_form(Some(UseCase::DataEmpty), Some(world::MOCK));
    assert_eq!(owner.screen_name(), "working");
}

#[test]
fn a_provider_that_is_not_offered_counts_as_missing() {
    let mut owner = in_the_form();
    owner.submit_form(Some(UseCase::UserGood), Some("INT-quickbooks"));
    let Content::SandboxForm { providers, incomplete, .. } = owner.content() else { panic!() };
    assert!(
        incomplete && providers.iter().all(|one| !one.chosen),
        "a real service is no provider of the form"
    );
    assert!(owner.requests.is_empty(), "nothing is asked");
    assert!(matches!(&owner.state.place, Place::FillingSandboxForm { form, .. } if form.provider.is_none()));
}

#[test]
fn every_use_case_is_offered_and_posted_as_it_is() {
    let offered = in_the_form();
    let Content::SandboxForm { use_cases, providers, incomplete } = offered.content() else { panic!() };
    assert!(!incomplete, "nothing is wrong before the first press");
    let offered: Vec<_> = use_cases.iter().map(|one| one.value).collect();
    assert_eq!(offered, UseCase::ALL);
    let integrations: Vec<_> = providers.iter().map(|one| &one.value.integration).collect();
    assert_eq!(integrations, [&IntegrationUuid::new(world::MOCK)]);
    for wanted in UseCase::ALL {
        let mut owner = in_the_form();
        owner.submit_form(Some(wanted), Some(world::MOCK)).answer_address(form_address());
        assert!(
            matches!(owner.request(), Request::SandboxLogin { use_case, .. } if *use_case == wanted),
            "{wanted:?}"
        );
    }
}

#[test]
fn a_use_case_can_end_as_a_duplicate() {
    let mut owner = asked_for_the_status();
    owner.answer_connections(vec![world::invalid(world::SANDBOX, ConnectionError::DuplicateAccount)]);
    assert_eq!(owner.screen_name(), "duplicate");
    assert!(matches!(&owner.told()[..], [HostEvent::Error { event: EventName::Authorization, error, .. }]
        if error.code == ErrorCode::DuplicateAccount));
}

#[test]
fn a_use_case_can_end_refused() {
    for (error, refusal) in [
        (ConnectionError::InsufficientPermission, Refusal::InsufficientPermission),
        (ConnectionError::UnauthorizedCredentials, Refusal::UnauthorizedCredentials),
    ] {
        let mut owner = asked_for_the_status();
        owner.answer_connections(vec![world::invalid(world::SANDBOX, error)]);
        let shown = owner.content();
        assert!(matches!(shown, Content::Refused { refusal: shown, .. } if shown == refusal), "{error:?}");
        assert_eq!(owner.told().len(), 1);
    }
}

#[test]
fn a_form_can_be_left() {
    let mut owner = in_the_form();
    owner.press(UserEvent::Back);
    assert_eq!(owner.screen_name(), "picker");
    assert_eq!(owner.told(), []);
}

#[test]
fn a_connecting_sandbox_can_be_left_before_the_use_case_is_posted() {
    let mut owner = Traveller::in_the_picker(world::plain());
    owner.pick(world::SANDBOX);
    let asked = owner.request_ticket();
    owner.press(UserEvent::Back);
    assert!(owner.effects.contains(&Effect::Forget(asked)));
    assert_eq!(owner.screen_name(), "picker");

    owner.pick(world::SANDBOX).answer_address(sandbox_address()).press(UserEvent::Back);
    assert_eq!(owner.screen_name(), "working", "what is posted is posted: its end is told");
}

fn at_each_step() -> [Traveller; 3] {
    let mut at_the_address = Traveller::in_the_picker(world::plain());
    at_the_address.pick(world::SANDBOX);
    let mut at_the_login = at_the_address.clone();
    at_the_login.answer_address(sandbox_address());
    [at_the_address, at_the_login, asked_for_the_status()]
}

#[test]
fn a_failure_at_any_step_ends_the_attempt_and_is_told() {
    let refused = |status| RequestError::Refused { status, message: "The tea is cold".to_owned() };
    let failures = [
        (RequestError::Unreachable, EventName::Load, ErrorCode::General),
        (RequestError::Unreadable, EventName::Load, ErrorCode::General),
        (refused(500), EventName::Load, ErrorCode::General),
        (refused(401), EventName::Authorization, ErrorCode::Authentication),
    ];
    for (error, event_name, code) in failures {
        for (step, mut owner) in at_each_step().into_iter().enumerate() {
            // Only the status can tell that the widget is not authorised (section 2 of the interface).
            let (event_name, code) =
                if step == 2 { (event_name, code) } else { (EventName::Load, ErrorCode::General) };
            let raw = matches!(error, RequestError::Refused { .. }).then(|| "The tea is cold".to_owned());
            owner.answer(Err(error.clone()));
            let Content::Failed { message, .. } = owner.content() else { panic!("{:?}", owner.content()) };
            assert_eq!(message, raw);
            let told = HostEvent::Error {
                event: event_name,
                parties: world::parties(),
                connection_id: (step > 0).then(world::connection_id),
                service: Some(ServiceName::new(world::SANDBOX)),
                error: HostError { code, text: ErrorText::OfCode, raw },
            };
            assert_eq!(owner.told(), [told]);
        }
    }
}

#[test]
fn an_answer_of_another_kind_at_any_step_ends_the_attempt() {
    let answers = [
        Answer::Session(Box::new(world::session())),
        Answer::Address(sandbox_address()),
        Answer::News(None),
        Answer::News(Some(Box::new(world::active(world::SANDBOX)))),
        Answer::Connections(vec![world::active(world::SANDBOX)]),
        Answer::Taken,
        Answer::Accounts(world::accounts()),
    ];
    let right = [1, 5, 4];
    for (mut_from, right) in at_each_step().into_iter().zip(right) {
        for (index, answer) in answers.iter().enumerate().filter(|(index, _)| *index != right) {
            let mut owner = mut_from.clone();
            owner.answer(Ok(answer.clone()));
            assert_eq!(owner.place(), "Ended", "answer {index} at {}", mut_from.place());
            assert_eq!(owner.told().len(), 1);
        }
    }
}

#[test]
fn a_status_without_the_connection_ends_the_attempt() {
    let mut owner = asked_for_the_status();
    owner.answer_connections(vec![world::of_another(world::active(world::SANDBOX))]);
    assert_eq!(owner.screen_name(), "failed", "an older connection is not taken for the new one");
}

#[test]
fn without_a_connection_id_the_newest_mock_connection_counts() {
    let mut owner = in_the_form();
    owner.submit_form(Some(UseCase::UserGood), Some(world::MOCK)).answer_address(form_address());
    owner.answer(Ok(Answer::Taken)).answer_connections(vec![
        mock_connection("CON-old", "2026-01-01T00:00:00Z", ConnectionState::Invalid),
        mock_connection(world::CONNECTION, "2026-02-01T00:00:00Z", ConnectionState::Active),
        mock_connection("CON-older", "2025-01-01T00:00:00Z", ConnectionState::Invalid),
        Connection {
            is_mock_data: false,
            ..mock_connection("CON-real", "2026-03-01T00:00:00Z", ConnectionState::Invalid)
        },
    ]);
    assert_eq!(owner.told(), [told_authorized(world::XERO)]);
}

#[test]
fn trying_the_sandbox_again_presses_again() {
    let mut owner = asked_for_the_status();
    owner.answer(Err(RequestError::Unreachable)).press(UserEvent::TryAgain);
    assert_eq!(owner.place(), "ConnectingSandbox(address)");
}

#[test]
fn trying_a_provider_of_the_form_again_leads_to_the_list() {
    let mut owner = in_the_form();
    owner.submit_form(Some(UseCase::FailedConnection), Some(world::MOCK));
    owner.answer(Err(RequestError::Unreachable)).press(UserEvent::TryAgain);
    assert_eq!(owner.screen_name(), "picker");
}
