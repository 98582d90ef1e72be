//! The company: after the sign-in the person chooses which one to connect.

use railz_connect_contract::{Connection, ConnectionError, ConnectionState, RefusalReason};
use railz_connect_flow::{Answer, Content, Refusal, Request, RequestError, UserEvent};

use super::Story;
use crate::support::acts::told_authorized;
use crate::support::{Traveller, world};

pub const STORIES: &[Story] = &[
    the_companies_are_asked_for_and_the_chosen_one_is_connected,
    companies_that_come_with_the_connection_are_not_asked_for,
    a_company_that_is_not_in_the_list_cannot_be_chosen,
    a_list_without_companies_ends_the_attempt,
    a_list_that_cannot_be_had_ends_the_attempt,
    a_choice_that_is_refused_ends_the_attempt,
    a_choice_may_turn_out_to_be_a_duplicate_or_refused,
    a_status_without_the_connection_ends_the_attempt,
    the_person_may_go_back_from_the_choice,
    a_late_sign_in_may_still_lead_to_the_choice,
    another_company_than_before_is_told_as_such,
    an_answer_of_another_kind_at_any_step_ends_the_attempt,
    a_failure_at_any_step_ends_the_attempt,
    a_chosen_company_is_handed_over_to_the_success_page,
    whoever_gave_up_is_not_asked_for_a_company,
];

fn pending() -> Connection {
    world::connection(world::QUICKBOOKS, ConnectionState::Pending)
}

fn listing() -> Traveller {
    let mut owner = Traveller::signing_in(world::plain());
    owner.news(pending());
    owner
}

fn choosing() -> Traveller {
    let mut owner = listing();
    owner.answer(Ok(Answer::Accounts(world::accounts())));
    owner
}

fn confirming() -> Traveller {
    let mut owner = choosing();
    owner.press(UserEvent::ChooseAccount(world::ACCOUNT.to_owned())).answer(Ok(Answer::Taken));
    owner
}

#[test]
fn the_companies_are_asked_for_and_the_chosen_one_is_connected() {
    let mut owner = listing();
    assert!(
        matches!(owner.request(), Request::Accounts { service, .. } if service.as_str() == world::QUICKBOOKS)
    );
    assert!(matches!(owner.content(), Content::Working(_)));
    assert!(owner.timers.is_empty(), "nobody waits for the window any more");
    owner.answer(Ok(Answer::Accounts(world::accounts())));
    assert!(matches!(owner.content(), Content::Accounts { accounts, .. } if accounts == world::accounts()));
    owner.press(UserEvent::ChooseAccount(world::ACCOUNT.to_owned()));
    assert!(matches!(owner.request(), Request::ChooseAccount { account_id, connection_id, .. }
        if account_id == world::ACCOUNT && *connection_id == world::connection_id()));
    owner.answer(Ok(Answer::Taken));
    assert!(matches!(owner.request(), Request::Status { .. }));
    owner.answer_connections(vec![world::active(world::QUICKBOOKS)]);
    assert_eq!(owner.place(), "Connected");
    assert_eq!(owner.told().last(), Some(&told_authorized(world::QUICKBOOKS)));
}

#[test]
fn companies_that_come_with_the_connection_are_not_asked_for() {
    let mut owner = Traveller::signing_in(world::plain());
    owner.news(world::with_choices(pending()));
    assert!(owner.requests.is_empty());
    assert!(matches!(owner.content(), Content::Accounts { accounts, .. } if accounts == world::accounts()));
}

#[test]
fn a_company_that_is_not_in_the_list_cannot_be_chosen() {
    let mut owner = choosing();
    owner.press(UserEvent::ChooseAccount("of no list".to_owned()));
    assert_eq!(owner.place(), "ChoosingAccount");
    assert!(owner.requests.is_empty());
}

#[test]
fn a_list_without_companies_ends_the_attempt() {
    let mut owner = listing();
    owner.answer(Ok(Answer::Accounts(Vec::new())));
    assert!(matches!(owner.content(), Content::Failed { message: None, .. }));
}

#[test]
fn a_list_that_cannot_be_had_ends_the_attempt() {
    let mut owner = listing();
    owner.refuse(409, "No choice is due");
    assert!(
        matches!(owner.content(), Content::Failed { message: Some(words), .. } if words == "No choice is due")
    );
}

#[test]
fn a_choice_that_is_refused_ends_the_attempt() {
    let mut owner = choosing();
    owner.press(UserEvent::ChooseAccount(world::ACCOUNT.to_owned())).answer(Err(RequestError::Unreachable));
    assert!(matches!(owner.content(), Content::Failed { .. }));
}

#[test]
fn a_choice_may_turn_out_to_be_a_duplicate_or_refused() {
    let duplicate = world::invalid(world::QUICKBOOKS, ConnectionError::DuplicateAccount);
    let mut owner = confirming();
    owner.answer_connections(vec![duplicate]);
    assert!(matches!(owner.content(), Content::Duplicate(_)));
}

#[test]
fn a_status_without_the_connection_ends_the_attempt() {
    let mut owner = confirming();
    owner.answer_connections(Vec::new());
    assert!(matches!(owner.content(), Content::Failed { .. }));
}

#[test]
fn the_person_may_go_back_from_the_choice() {
    let mut owner = choosing();
    owner.press(UserEvent::Back);
    assert_eq!(owner.place(), "Choosing");
}

#[test]
fn a_late_sign_in_may_still_lead_to_the_choice() {
    for connection in [pending(), world::with_choices(pending())] {
        let mut owner = Traveller::late(world::plain());
        owner.news(connection);
        assert!(owner.place().starts_with("ChoosingAccount"));
    }
}

#[test]
fn another_company_than_before_is_told_as_such() {
    let mut owner = Traveller::signing_in(world::plain());
    let refused = world::invalid(world::QUICKBOOKS, ConnectionError::InsufficientPermission);
    owner.news(Connection { reason: Some(RefusalReason::DifferentAccount), ..refused });
    assert!(matches!(owner.content(), Content::Refused { refusal: Refusal::DifferentAccount, .. }));
}

fn sending() -> Traveller {
    let mut owner = choosing();
    owner.press(UserEvent::ChooseAccount(world::ACCOUNT.to_owned()));
    owner
}

#[test]
fn an_answer_of_another_kind_at_any_step_ends_the_attempt() {
    let answers = [
        Answer::Session(Box::new(world::session())),
        Answer::Address(world::address()),
        Answer::News(None),
        Answer::News(Some(Box::new(world::active(world::QUICKBOOKS)))),
        Answer::Accounts(world::accounts()),
        Answer::Taken,
        Answer::Connections(vec![world::active(world::QUICKBOOKS)]),
    ];
    let right = [4, 5, 6];
    for (owner, right) in [listing(), sending(), confirming()].into_iter().zip(right) {
        for (index, answer) in answers.iter().enumerate().filter(|(index, _)| *index != right) {
            let mut owner = owner.clone();
            owner.answer(Ok(answer.clone()));
            assert_eq!(owner.place(), "Ended", "answer {index}");
            assert_eq!(owner.told().len(), 1);
        }
    }
}

#[test]
fn a_failure_at_any_step_ends_the_attempt() {
    let refused = RequestError::Refused { status: 502, message: "Closed today".to_owned() };
    for error in [RequestError::Unreachable, RequestError::Unreadable, refused] {
        for mut owner in [listing(), sending(), confirming()] {
            owner.answer(Err(error.clone()));
            assert_eq!(owner.place(), "Ended");
            assert_eq!(owner.told().len(), 1);
        }
    }
}

#[test]
fn a_chosen_company_is_handed_over_to_the_success_page() {
    let mut owner = Traveller::signing_in(world::posting());
    owner.news(world::with_choices(pending()));
    owner.press(UserEvent::ChooseAccount(world::ACCOUNT.to_owned())).answer(Ok(Answer::Taken));
    owner.answer_connections(vec![world::active(world::QUICKBOOKS)]);
    assert_eq!(owner.place(), "Connected(handing over)");
}

#[test]
fn whoever_gave_up_is_not_asked_for_a_company() {
    for answer in [Answer::News(Some(Box::new(pending()))), Answer::Accounts(world::accounts())] {
        let mut owner = Traveller::signing_in(world::plain());
        owner.press(UserEvent::Back).answer(Ok(answer));
        assert_eq!(owner.place(), "Choosing");
    }
}
