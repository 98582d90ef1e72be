//! Oracle NetSuite and Sage Intacct: credentials are typed, tried as often as it takes, and the status says how it ended.

use railz_connect_contract::{Connection, ConnectionId, ConnectionState};
use railz_connect_flow::Effect;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{CredentialCheck, RequestError, Response, UserEvent};
use railz_connect_flow::field::Field;
use railz_connect_flow::form::FormValues;
use railz_connect_flow::screen::{Content, FieldsScreen};

use super::Story;
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    a_token_of_netsuite_is_typed_tried_and_connected,
    a_user_of_intacct_without_entities_is_connected,
    an_entity_of_intacct_is_chosen,
    fields_that_are_not_right_are_named_and_nothing_is_asked,
    an_address_is_taken_without_its_beginning_and_an_account_id_alone,
    white_space_may_be_part_of_a_password,
    while_credentials_are_tried_the_form_stays_and_cannot_be_left,
    a_server_that_says_nothing_when_the_connection_begins_is_enough,
    without_a_connection_id_the_newest_connection_counts,
    the_entry_can_be_left_and_begun_again,
    connected_credentials_are_handed_over_to_the_success_page,
];

pub(super) fn begun(service: &str) -> TestWidget {
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::credentials_session());
    widget.pick(service);
    widget
}

fn filling(service: &str) -> TestWidget {
    let mut widget = begun(service);
    widget.answer_address(fixtures::address());
    widget
}

pub(super) fn checking(service: &str) -> TestWidget {
    let mut widget = filling(service);
    widget.press(UserEvent::Submit(fixtures::right_credentials()));
    widget
}

pub(super) fn right(connection_id: Option<ConnectionId>) -> Response {
    Response::Credentials(CredentialCheck::Accepted { connection_id, entities: Vec::new() })
}

pub(super) fn confirming(service: &str) -> TestWidget {
    let mut widget = checking(service);
    widget.answer(Ok(right(None)));
    widget
}

pub(super) fn form(widget: &TestWidget) -> FieldsScreen {
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
    assert!(matches!(widget.request(), Request::Status));
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
fn an_address_is_taken_without_its_beginning_and_an_account_id_alone() {
    // The id alone used to be refused, which NetSuite shows beside the address.
    for (typed, meant) in [
        (" 1234567 ", "1234567"),
        ("1234567_SB1", "1234567_SB1"),
        ("tstdrv12-rp", "tstdrv12-rp"),
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
fn connected_credentials_are_handed_over_to_the_success_page() {
    let mut widget = TestWidget::in_the_picker_of(fixtures::posting(), fixtures::credentials_session());
    widget.pick(fixtures::NETSUITE).answer_address(fixtures::address());
    widget.press(UserEvent::Submit(fixtures::right_credentials())).answer(Ok(right(None)));
    widget.answer_connections(vec![fixtures::active(fixtures::NETSUITE)]);
    assert_eq!(widget.name(), "Connected(signing)");
    widget.sign();
    assert_eq!(widget.name(), "Connected(handing over)");
}
