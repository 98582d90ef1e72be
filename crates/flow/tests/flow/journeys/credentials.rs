//! Oracle NetSuite and Sage Intacct: credentials are typed, tried as often as it takes, and the status says how it ended.

use railz_connect_contract::{Connection, ConnectionError, ConnectionId, ConnectionState};
use railz_connect_flow::{
    Answer, Checked, Content, Effect, ErrorCode, EventName, Field, FieldsScreen, FormValues, HostEvent,
    Request, RequestError, Setback, UserEvent,
};

use super::Story;
use crate::support::acts::told_authorized;
use crate::support::{Traveller, world};

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

fn begun(service: &str) -> Traveller {
    let mut owner = Traveller::in_the_picker_of(world::plain(), world::special_session());
    owner.pick(service);
    owner
}

fn filling(service: &str) -> Traveller {
    let mut owner = begun(service);
    owner.answer_address(world::address());
    owner
}

fn checking(service: &str) -> Traveller {
    let mut owner = filling(service);
    owner.press(UserEvent::Submit(world::right_credentials()));
    owner
}

fn right(connection_id: Option<ConnectionId>) -> Answer {
    Answer::Checked(Checked::Right { connection_id, entities: Vec::new() })
}

fn confirming(service: &str) -> Traveller {
    let mut owner = checking(service);
    owner.answer(Ok(right(None)));
    owner
}

fn form(owner: &Traveller) -> FieldsScreen {
    match owner.content() {
        Content::Credentials(screen) => *screen,
        other => panic!("no form: {other:?}"),
    }
}

fn sent(owner: &Traveller) -> FormValues {
    match owner.request() {
        Request::Credentials { values, .. } => values.clone(),
        other => panic!("no credentials: {other:?}"),
    }
}

#[test]
fn a_token_of_netsuite_is_typed_tried_and_connected() {
    let mut owner = begun(world::NETSUITE);
    assert!(
        matches!(owner.request(), Request::Address { service, .. } if service.as_str() == world::NETSUITE)
    );
    assert_eq!(owner.screen_name(), "opening");
    owner.answer_address(world::address());
    let shown = form(&owner);
    assert_eq!(shown.fields, [Field::AccountAddress, Field::Concurrency, Field::TokenId, Field::TokenSecret]);
    assert!(shown.problems.is_empty() && shown.trouble.is_none() && !shown.busy);
    assert_eq!(shown.customer_name, "Acme Lending");
    owner.press(UserEvent::Submit(world::right_credentials()));
    let values = sent(&owner);
    let names: Vec<_> = values.0.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["accountId", "concurrency", "tokenId", "tokenSecret"]);
    assert_eq!(values.get("concurrency"), "25");
    assert!(form(&owner).busy);
    owner.answer(Ok(right(Some(world::connection_id()))));
    assert!(matches!(owner.request(), Request::Status { .. }));
    owner.answer_connections(vec![world::active(world::NETSUITE)]);
    assert_eq!(owner.told(), [told_authorized(world::NETSUITE)]);
    assert_eq!(owner.screen_name(), "connected");
    assert!(owner.windows.is_empty(), "no window was needed");
}

#[test]
fn a_user_of_intacct_without_entities_is_connected() {
    let mut owner = filling(world::INTACCT);
    assert_eq!(form(&owner).fields, [Field::CompanyId, Field::UserId, Field::UserPassword]);
    owner.press(UserEvent::Submit(world::right_credentials()));
    owner.answer(Ok(right(Some(world::connection_id()))));
    owner.answer_connections(vec![world::active(world::INTACCT)]);
    assert_eq!(owner.told(), [told_authorized(world::INTACCT)]);
}

#[test]
fn an_entity_of_intacct_is_chosen() {
    for named in [Some(world::connection_id()), None] {
        let mut owner = checking(world::INTACCT);
        let entities = world::accounts();
        owner.answer(Ok(Answer::Checked(Checked::Right { connection_id: named, entities })));
        assert!(
            matches!(owner.content(), Content::Accounts { accounts, .. } if accounts == world::accounts())
        );
        owner.press(UserEvent::ChooseAccount(world::ACCOUNT.to_owned()));
        assert!(matches!(owner.request(), Request::ChooseAccount { connection_id, web_services, .. }
            if *connection_id == world::connection_id() && web_services.0.is_empty()));
        owner.answer(Ok(Answer::Taken)).answer_connections(vec![world::active(world::INTACCT)]);
        assert_eq!(owner.told(), [told_authorized(world::INTACCT)]);
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
        let mut owner = filling(world::NETSUITE);
        let mut values = world::right_credentials();
        values.0.retain(|(other, _)| other != name);
        values.0.push((name.to_owned(), value.to_owned()));
        owner.press(UserEvent::Submit(values));
        assert_eq!(form(&owner).problems, [field], "{name} = {value:?}");
        assert!(owner.effects.contains(&Effect::FocusProblem));
        assert!(owner.requests.is_empty());
    }
    let mut owner = filling(world::INTACCT);
    owner.press(UserEvent::Submit(world::credentials(&[])));
    assert_eq!(form(&owner).problems, form(&owner).fields, "each one that is empty");
    owner.press(UserEvent::Submit(world::right_credentials()));
    assert!(form(&owner).problems.is_empty() && form(&owner).busy);
    assert!(owner.told().is_empty(), "the host hears nothing of a slip of the keyboard");
}

#[test]
fn an_address_is_taken_without_its_beginning() {
    for (typed, meant) in [
        ("1234567.suitetalk.api.netsuite.com", "https://1234567.suitetalk.api.netsuite.com"),
        (" https://1.suitetalk.api.netsuite.com ", "https://1.suitetalk.api.netsuite.com"),
        ("http://127.0.0.1:8082/netsuite/55", "http://127.0.0.1:8082/netsuite/55"),
    ] {
        let mut owner = filling(world::NETSUITE);
        let mut values = world::right_credentials();
        values.0.insert(0, ("accountId".to_owned(), typed.to_owned()));
        owner.press(UserEvent::Submit(values));
        assert_eq!(sent(&owner).get("accountId"), meant);
    }
}

#[test]
fn white_space_may_be_part_of_a_password() {
    let mut owner = filling(world::INTACCT);
    let fields = [("companyId", " Harbour "), ("userId", "reader"), ("userPassword", " pass word ")];
    owner.press(UserEvent::Submit(world::credentials(&fields)));
    assert_eq!(sent(&owner).raw("companyId"), "Harbour");
    assert_eq!(sent(&owner).raw("userPassword"), " pass word ");
}

#[test]
fn wrong_credentials_leave_the_form_with_the_words_of_the_server() {
    let said = |words: &str| Setback::Said(words.to_owned());
    for (message, trouble) in
        [(Some("The token is none"), said("The token is none")), (None, Setback::Refused)]
    {
        let mut owner = checking(world::NETSUITE);
        owner.answer(Ok(Answer::Checked(Checked::Wrong(message.map(str::to_owned)))));
        assert_eq!(form(&owner).trouble, Some(trouble));
        assert!(!form(&owner).busy);
        assert!(owner.told().is_empty(), "the attempt goes on");
        owner.press(UserEvent::Submit(world::right_credentials()));
        assert_eq!(form(&owner).trouble, None);
        owner.answer(Ok(right(None))).answer_connections(vec![world::active(world::NETSUITE)]);
        assert_eq!(owner.told(), [told_authorized(world::NETSUITE)]);
    }
}

#[test]
fn a_check_that_fails_leaves_the_form() {
    let refused = |status, message: &str| RequestError::Refused { status, message: message.to_owned() };
    for (error, trouble) in [
        (RequestError::Unreachable, Setback::Unreachable),
        (RequestError::Unreadable, Setback::Unreachable),
        (refused(502, ""), Setback::Unreachable),
        (refused(502, "NetSuite did not answer"), Setback::Said("NetSuite did not answer".to_owned())),
        (refused(409, "Begin again"), Setback::Said("Begin again".to_owned())),
    ] {
        let mut owner = checking(world::NETSUITE);
        owner.answer(Err(error));
        assert_eq!(form(&owner).trouble, Some(trouble));
        assert!(owner.told().is_empty());
    }
}

#[test]
fn a_session_that_is_over_ends_the_entry() {
    let mut owner = checking(world::NETSUITE);
    owner.refuse(401, "No session");
    assert!(matches!(owner.content(), Content::Failed { message: Some(words), .. } if words == "No session"));
    assert!(matches!(&owner.told()[..], [HostEvent::Error { event: EventName::Authorization, error, .. }]
        if error.code == ErrorCode::Authentication));
}

#[test]
fn while_credentials_are_tried_the_form_stays_and_cannot_be_left() {
    for mut owner in [checking(world::NETSUITE), confirming(world::NETSUITE)] {
        let before = owner.place();
        owner.press(UserEvent::Back).press(UserEvent::Submit(world::right_credentials()));
        assert_eq!(owner.place(), before);
        assert_eq!(owner.requests.len(), 1, "nothing is tried twice");
        assert!(form(&owner).busy);
    }
}

#[test]
fn a_server_that_says_nothing_when_the_connection_begins_is_enough() {
    let mut owner = begun(world::NETSUITE);
    owner.answer(Err(RequestError::Unreadable));
    owner.press(UserEvent::Submit(world::right_credentials())).answer(Ok(right(None)));
    owner.answer_connections(vec![world::active(world::NETSUITE)]);
    assert_eq!(owner.told(), [told_authorized(world::NETSUITE)]);
}

#[test]
fn without_a_connection_id_the_newest_connection_counts() {
    let mut owner = begun(world::NETSUITE);
    owner.answer(Err(RequestError::Unreadable));
    owner.press(UserEvent::Submit(world::right_credentials())).answer(Ok(right(None)));
    let older = world::of_another(world::connection(world::NETSUITE, ConnectionState::Disconnected));
    owner.answer_connections(vec![
        Connection { created_at: Some("2026-02-01".to_owned()), ..world::active(world::NETSUITE) },
        Connection { created_at: Some("2026-01-01".to_owned()), ..older },
        world::of_another(world::active(world::XERO)),
    ]);
    assert_eq!(owner.told(), [told_authorized(world::NETSUITE)]);
}

#[test]
fn entities_without_a_connection_cannot_be_chosen_from() {
    let mut owner = begun(world::INTACCT);
    owner.answer(Err(RequestError::Unreadable)).press(UserEvent::Submit(world::right_credentials()));
    let entities = world::accounts();
    owner.answer(Ok(Answer::Checked(Checked::Right { connection_id: None, entities })));
    assert_eq!(owner.screen_name(), "failed");
}

#[test]
fn a_beginning_that_fails_ends_the_entry() {
    let refused = RequestError::Refused { status: 500, message: "The tea is cold".to_owned() };
    for error in [RequestError::Unreachable, refused] {
        let mut owner = begun(world::INTACCT);
        owner.answer(Err(error));
        assert_eq!(owner.screen_name(), "failed");
        assert!(owner.guides.is_empty(), "nobody waits for the instructions any more");
        owner.press(UserEvent::TryAgain);
        assert_eq!(owner.place(), "Entering(beginning)");
    }
}

#[test]
fn an_answer_of_another_kind_at_any_step_ends_the_entry() {
    let answers = super::answers_of_each_kind();
    for (owner, right) in [
        (begun(world::NETSUITE), &["Address"][..]),
        (checking(world::NETSUITE), &["Checked"]),
        (confirming(world::NETSUITE), &["Connections"]),
    ] {
        for (name, answer) in answers.iter().filter(|(name, _)| !right.contains(name)) {
            let mut owner = owner.clone();
            owner.answer(Ok(answer.clone()));
            assert_eq!(owner.place(), if owner.told.is_empty() { "Entering" } else { "Ended" }, "{name}");
        }
    }
}

#[test]
fn a_failure_of_the_last_question_ends_the_entry() {
    let refused = RequestError::Refused { status: 502, message: "Closed today".to_owned() };
    for error in [RequestError::Unreachable, RequestError::Unreadable, refused] {
        let mut owner = confirming(world::INTACCT);
        owner.answer(Err(error));
        assert_eq!(owner.place(), "Ended");
        assert_eq!(owner.told().len(), 1);
    }
    let mut owner = confirming(world::INTACCT);
    owner.answer_connections(Vec::new());
    assert_eq!(owner.place(), "Ended");
}

#[test]
fn the_entry_can_be_left_and_begun_again() {
    for mut owner in [begun(world::NETSUITE), filling(world::NETSUITE)] {
        owner.press(UserEvent::Back);
        assert_eq!(owner.place(), "Choosing");
        assert!(owner.requests.is_empty() && owner.guides.is_empty());
        owner.pick(world::NETSUITE);
        assert_eq!(owner.place(), "Entering(beginning)");
    }
}

#[test]
fn what_was_right_may_turn_out_to_be_a_duplicate() {
    let mut owner = confirming(world::NETSUITE);
    owner.answer_connections(vec![world::invalid(world::NETSUITE, ConnectionError::DuplicateAccount)]);
    assert_eq!(owner.screen_name(), "duplicate");
    owner.press(UserEvent::TryAgain);
    assert_eq!(owner.place(), "Entering(beginning)");
}

#[test]
fn connected_credentials_are_handed_over_to_the_success_page() {
    let mut owner = Traveller::in_the_picker_of(world::posting(), world::special_session());
    owner.pick(world::NETSUITE).answer_address(world::address());
    owner.press(UserEvent::Submit(world::right_credentials())).answer(Ok(right(None)));
    owner.answer_connections(vec![world::active(world::NETSUITE)]);
    assert_eq!(owner.place(), "Connected(handing over)");
}
