//! Oracle NetSuite and Sage Intacct: credentials are typed, tried as often as it takes, and the status says how it ended.

use railz_connect_contract::{Connection, ConnectionError, ConnectionId, ConnectionState};
use railz_connect_flow::Effect;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{CredentialCheck, RequestError, Response, UserEvent};
use railz_connect_flow::field::Field;
use railz_connect_flow::form::FormValues;
use railz_connect_flow::host_event::{ErrorCode, EventName, HostEvent};
use railz_connect_flow::screen::{Content, FieldsScreen};
use railz_connect_flow::state::CredentialsError;

use super::Story;
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    a_token_of_netsuite_is_typed_tried_and_connected,
    a_user_of_intacct_without_entities_is_connected,
    an_entity_of_intacct_is_chosen,
    fields_that_are_not_right_are_named_and_nothing_is_asked,
    an_address_is_taken_without_its_beginning,
    white_space_may_be_part_of_a_password,
    wrong_credentials_leave_the_form_with_the_words_of_the_server,
    a_check_that_fails_leaves_the_form,
    a_session_that_is_over_ends_the_entry,
    while_credentials_are_tried_the_form_stays_and_cannot_be_left,
    a_server_that_says_nothing_when_the_connection_begins_is_enough,
    without_a_connection_id_the_newest_connection_counts,
    entities_without_a_connection_cannot_be_chosen_from,
    a_beginning_that_fails_ends_the_entry,
    an_answer_of_another_kind_at_any_step_ends_the_entry,
    a_failure_of_the_last_question_ends_the_entry,
    the_entry_can_be_left_and_begun_again,
    what_was_right_may_turn_out_to_be_a_duplicate,
    connected_credentials_are_handed_over_to_the_success_page,
];

fn begun(service: &str) -> TestWidget {
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::special_session());
    widget.pick(service);
    widget
}

fn filling(service: &str) -> TestWidget {
    let mut widget = begun(service);
    widget.answer_address(fixtures::address());
    widget
}

fn checking(service: &str) -> TestWidget {
    let mut widget = filling(service);
    widget.press(UserEvent::Submit(fixtures::right_credentials()));
    widget
}

fn right(connection_id: Option<ConnectionId>) -> Response {
    Response::Credentials(CredentialCheck::Accepted { connection_id, entities: Vec::new() })
}

fn confirming(service: &str) -> TestWidget {
    let mut widget = checking(service);
    widget.answer(Ok(right(None)));
    widget
}

fn form(widget: &TestWidget) -> FieldsScreen {
    match widget.content() {
        Content::Credentials(screen) => *screen,
        other => panic!("no form: {other:?}"),
    }
}

fn sent(widget: &TestWidget) -> FormValues {
    match widget.request() {
        Request::Credentials { values, .. } => values.clone(),
        other => panic!("no credentials: {other:?}"),
    }
}

#[test]
fn a_token_of_netsuite_is_typed_tried_and_connected() {
    let mut widget = begun(fixtures::NETSUITE);
    assert!(
        matches!(widget.request(), Request::Address { service, .. } if service.as_str() == fixtures::NETSUITE)
    );
    assert_eq!(widget.screen_name(), "opening");
    widget.answer_address(fixtures::address());
    let shown = form(&widget);
    assert_eq!(shown.fields, [Field::AccountAddress, Field::Concurrency, Field::TokenId, Field::TokenSecret]);
    assert!(shown.problems.is_empty() && shown.error.is_none() && !shown.busy);
    assert_eq!(shown.customer_name, "Acme Lending");
    widget.press(UserEvent::Submit(fixtures::right_credentials()));
    let values = sent(&widget);
    let names: Vec<_> = values.0.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["accountId", "concurrency", "tokenId", "tokenSecret"]);
    assert_eq!(values.get("concurrency"), "25");
    assert!(form(&widget).busy);
    widget.answer(Ok(right(Some(fixtures::connection_id()))));
    assert!(matches!(widget.request(), Request::Status { .. }));
    widget.answer_connections(vec![fixtures::active(fixtures::NETSUITE)]);
    assert_eq!(widget.host_events(), [authorized(fixtures::NETSUITE)]);
    assert_eq!(widget.screen_name(), "connected");
    assert!(widget.windows.is_empty(), "no window was needed");
}

#[test]
fn a_user_of_intacct_without_entities_is_connected() {
    let mut widget = filling(fixtures::INTACCT);
    assert_eq!(form(&widget).fields, [Field::CompanyId, Field::UserId, Field::UserPassword]);
    widget.press(UserEvent::Submit(fixtures::right_credentials()));
    widget.answer(Ok(right(Some(fixtures::connection_id()))));
    widget.answer_connections(vec![fixtures::active(fixtures::INTACCT)]);
    assert_eq!(widget.host_events(), [authorized(fixtures::INTACCT)]);
}

#[test]
fn an_entity_of_intacct_is_chosen() {
    for named in [Some(fixtures::connection_id()), None] {
        let mut widget = checking(fixtures::INTACCT);
        let entities = fixtures::accounts();
        widget
            .answer(Ok(Response::Credentials(CredentialCheck::Accepted { connection_id: named, entities })));
        assert!(
            matches!(widget.content(), Content::Accounts { accounts, .. } if accounts == fixtures::accounts())
        );
        widget.press(UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned()));
        assert!(matches!(widget.request(), Request::ChooseAccount { connection_id, web_services, .. }
            if *connection_id == fixtures::connection_id() && web_services.0.is_empty()));
        widget.answer(Ok(Response::Empty)).answer_connections(vec![fixtures::active(fixtures::INTACCT)]);
        assert_eq!(widget.host_events(), [authorized(fixtures::INTACCT)]);
    }
}

#[test]
fn fields_that_are_not_right_are_named_and_nothing_is_asked() {
    let wrong = [
        ("accountId", "my account", Field::AccountAddress),
        ("accountId", "ftp://1234567.example", Field::AccountAddress),
        ("accountId", "https://", Field::AccountAddress),
        ("concurrency", "0", Field::Concurrency),
        ("concurrency", "141", Field::Concurrency),
        ("concurrency", "2.5", Field::Concurrency),
        ("tokenId", " ", Field::TokenId),
        ("tokenSecret", "  ", Field::TokenSecret),
    ];
    for (name, value, field) in wrong {
        let mut widget = filling(fixtures::NETSUITE);
        let mut values = fixtures::right_credentials();
        values.0.retain(|(other, _)| other != name);
        values.0.push((name.to_owned(), value.to_owned()));
        widget.press(UserEvent::Submit(values));
        assert_eq!(form(&widget).problems, [field], "{name} = {value:?}");
        assert!(widget.effects.contains(&Effect::FocusProblem));
        assert!(widget.requests.is_empty());
    }
    let mut widget = filling(fixtures::INTACCT);
    widget.press(UserEvent::Submit(fixtures::credentials(&[])));
    assert_eq!(form(&widget).problems, form(&widget).fields, "each one that is empty");
    widget.press(UserEvent::Submit(fixtures::right_credentials()));
    assert!(form(&widget).problems.is_empty() && form(&widget).busy);
    assert!(widget.host_events().is_empty(), "the host hears nothing of a slip of the keyboard");
}

#[test]
fn an_address_is_taken_without_its_beginning() {
    for (typed, meant) in [
        ("1234567.suitetalk.api.netsuite.com", "https://1234567.suitetalk.api.netsuite.com"),
        (" https://1.suitetalk.api.netsuite.com ", "https://1.suitetalk.api.netsuite.com"),
        ("http://127.0.0.1:8082/netsuite/55", "http://127.0.0.1:8082/netsuite/55"),
    ] {
        let mut widget = filling(fixtures::NETSUITE);
        let mut values = fixtures::right_credentials();
        values.0.insert(0, ("accountId".to_owned(), typed.to_owned()));
        widget.press(UserEvent::Submit(values));
        assert_eq!(sent(&widget).get("accountId"), meant);
    }
}

#[test]
fn white_space_may_be_part_of_a_password() {
    let mut widget = filling(fixtures::INTACCT);
    let fields = [("companyId", " Harbour "), ("userId", "reader"), ("userPassword", " pass word ")];
    widget.press(UserEvent::Submit(fixtures::credentials(&fields)));
    assert_eq!(sent(&widget).raw("companyId"), "Harbour");
    assert_eq!(sent(&widget).raw("userPassword"), " pass word ");
}

#[test]
fn wrong_credentials_leave_the_form_with_the_words_of_the_server() {
    let said = |words: &str| CredentialsError::Message(words.to_owned());
    for (message, error) in
        [(Some("The token is none"), said("The token is none")), (None, CredentialsError::Rejected)]
    {
        let mut widget = checking(fixtures::NETSUITE);
        widget.answer(Ok(Response::Credentials(CredentialCheck::Rejected(message.map(str::to_owned)))));
        assert_eq!(form(&widget).error, Some(error));
        assert!(!form(&widget).busy);
        assert!(widget.host_events().is_empty(), "the attempt goes on");
        widget.press(UserEvent::Submit(fixtures::right_credentials()));
        assert_eq!(form(&widget).error, None);
        widget.answer(Ok(right(None))).answer_connections(vec![fixtures::active(fixtures::NETSUITE)]);
        assert_eq!(widget.host_events(), [authorized(fixtures::NETSUITE)]);
    }
}

#[test]
fn a_check_that_fails_leaves_the_form() {
    let refused = |status, message: &str| RequestError::Refused { status, message: message.to_owned() };
    for (error, shown) in [
        (RequestError::Unreachable, CredentialsError::Unreachable),
        (RequestError::Unreadable, CredentialsError::Unreachable),
        (refused(502, ""), CredentialsError::Unreachable),
        (
            refused(502, "NetSuite did not answer"),
            CredentialsError::Message("NetSuite did not answer".to_owned()),
        ),
        (refused(409, "Begin again"), CredentialsError::Message("Begin again".to_owned())),
    ] {
        let mut widget = checking(fixtures::NETSUITE);
        widget.answer(Err(error));
        assert_eq!(form(&widget).error, Some(shown));
        assert!(widget.host_events().is_empty());
    }
}

#[test]
fn a_session_that_is_over_ends_the_entry() {
    let mut widget = checking(fixtures::NETSUITE);
    widget.refuse(401, "No session");
    assert!(
        matches!(widget.content(), Content::Failed { message: Some(words), .. } if words == "No session")
    );
    assert!(
        matches!(&widget.host_events()[..], [HostEvent::Error { event: EventName::Authorization, error, .. }]
        if error.code == ErrorCode::Authentication)
    );
}

#[test]
fn while_credentials_are_tried_the_form_stays_and_cannot_be_left() {
    for mut widget in [checking(fixtures::NETSUITE), confirming(fixtures::NETSUITE)] {
        let before = widget.name();
        widget.press(UserEvent::Back).press(UserEvent::Submit(fixtures::right_credentials()));
        assert_eq!(widget.name(), before);
        assert_eq!(widget.requests.len(), 1, "nothing is tried twice");
        assert!(form(&widget).busy);
    }
}

#[test]
fn a_server_that_says_nothing_when_the_connection_begins_is_enough() {
    let mut widget = begun(fixtures::NETSUITE);
    widget.answer(Err(RequestError::Unreadable));
    widget.press(UserEvent::Submit(fixtures::right_credentials())).answer(Ok(right(None)));
    widget.answer_connections(vec![fixtures::active(fixtures::NETSUITE)]);
    assert_eq!(widget.host_events(), [authorized(fixtures::NETSUITE)]);
}

#[test]
fn without_a_connection_id_the_newest_connection_counts() {
    let mut widget = begun(fixtures::NETSUITE);
    widget.answer(Err(RequestError::Unreadable));
    widget.press(UserEvent::Submit(fixtures::right_credentials())).answer(Ok(right(None)));
    let older = fixtures::of_another(fixtures::connection(fixtures::NETSUITE, ConnectionState::Disconnected));
    widget.answer_connections(vec![
        Connection { created_at: Some("2026-02-01".to_owned()), ..fixtures::active(fixtures::NETSUITE) },
        Connection { created_at: Some("2026-01-01".to_owned()), ..older },
        fixtures::of_another(fixtures::active(fixtures::XERO)),
    ]);
    assert_eq!(widget.host_events(), [authorized(fixtures::NETSUITE)]);
}

#[test]
fn entities_without_a_connection_cannot_be_chosen_from() {
    let mut widget = begun(fixtures::INTACCT);
    widget.answer(Err(RequestError::Unreadable)).press(UserEvent::Submit(fixtures::right_credentials()));
    let entities = fixtures::accounts();
    widget.answer(Ok(Response::Credentials(CredentialCheck::Accepted { connection_id: None, entities })));
    assert_eq!(widget.screen_name(), "failed");
}

#[test]
fn a_beginning_that_fails_ends_the_entry() {
    let refused = RequestError::Refused { status: 500, message: "The tea is cold".to_owned() };
    for error in [RequestError::Unreachable, refused] {
        let mut widget = begun(fixtures::INTACCT);
        widget.answer(Err(error));
        assert_eq!(widget.screen_name(), "failed");
        assert!(widget.guides.is_empty(), "nobody waits for the instructions any more");
        widget.press(UserEvent::TryAgain);
        assert_eq!(widget.name(), "Entering(beginning)");
    }
}

#[test]
fn an_answer_of_another_kind_at_any_step_ends_the_entry() {
    let answers = super::answers_of_each_kind();
    for (widget, right) in [
        (begun(fixtures::NETSUITE), &["Address"][..]),
        (checking(fixtures::NETSUITE), &["Credentials"]),
        (confirming(fixtures::NETSUITE), &["Connections"]),
    ] {
        for (name, answer) in answers.iter().filter(|(name, _)| !right.contains(name)) {
            let mut widget = widget.clone();
            widget.answer(Ok(answer.clone()));
            assert_eq!(
                widget.name(),
                if widget.host_events.is_empty() { "Entering" } else { "Ended" },
                "{name}"
            );
        }
    }
}

#[test]
fn a_failure_of_the_last_question_ends_the_entry() {
    let refused = RequestError::Refused { status: 502, message: "Closed today".to_owned() };
    for error in [RequestError::Unreachable, RequestError::Unreadable, refused] {
        let mut widget = confirming(fixtures::INTACCT);
        widget.answer(Err(error));
        assert_eq!(widget.name(), "Ended");
        assert_eq!(widget.host_events().len(), 1);
    }
    let mut widget = confirming(fixtures::INTACCT);
    widget.answer_connections(Vec::new());
    assert_eq!(widget.name(), "Ended");
}

#[test]
fn the_entry_can_be_left_and_begun_again() {
    for mut widget in [begun(fixtures::NETSUITE), filling(fixtures::NETSUITE)] {
        widget.press(UserEvent::Back);
        assert_eq!(widget.name(), "Choosing");
        assert!(widget.requests.is_empty() && widget.guides.is_empty());
        widget.pick(fixtures::NETSUITE);
        assert_eq!(widget.name(), "Entering(beginning)");
    }
}

#[test]
fn what_was_right_may_turn_out_to_be_a_duplicate() {
    let mut widget = confirming(fixtures::NETSUITE);
    widget.answer_connections(vec![fixtures::invalid(fixtures::NETSUITE, ConnectionError::DuplicateAccount)]);
    assert_eq!(widget.screen_name(), "duplicate");
    widget.press(UserEvent::TryAgain);
    assert_eq!(widget.name(), "Entering(beginning)");
}

#[test]
fn connected_credentials_are_handed_over_to_the_success_page() {
    let mut widget = TestWidget::in_the_picker_of(fixtures::posting(), fixtures::special_session());
    widget.pick(fixtures::NETSUITE).answer_address(fixtures::address());
    widget.press(UserEvent::Submit(fixtures::right_credentials())).answer(Ok(right(None)));
    widget.answer_connections(vec![fixtures::active(fixtures::NETSUITE)]);
    assert_eq!(widget.name(), "Connected(handing over)");
}
