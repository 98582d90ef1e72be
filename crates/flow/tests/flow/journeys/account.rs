//! The company: after the sign-in the person chooses which one to connect.

use railz_connect_contract::{Connection, ConnectionError, ConnectionState};
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{RequestError, Response, UserEvent};
use railz_connect_flow::screen::Content;
use railz_connect_flow::service::ConnectionTarget;
use railz_connect_flow::state::Refusal;

use super::Story;
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};

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
    another_company_than_before_can_be_connected_beside_it,
    an_answer_of_another_kind_at_any_step_ends_the_attempt,
    a_failure_at_any_step_ends_the_attempt,
    a_chosen_company_is_handed_over_to_the_success_page,
    whoever_gave_up_is_not_asked_for_a_company,
];

fn pending() -> Connection {
    fixtures::connection(fixtures::QUICKBOOKS, ConnectionState::Pending)
}

fn listing() -> TestWidget {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.news(pending());
    widget
}

fn choosing() -> TestWidget {
    let mut widget = listing();
    widget.answer(Ok(Response::Accounts(fixtures::accounts())));
    widget
}

fn confirming() -> TestWidget {
    let mut widget = choosing();
    widget.press(UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned())).answer(Ok(Response::Empty));
    widget
}

#[test]
fn the_companies_are_asked_for_and_the_chosen_one_is_connected() {
    let mut widget = listing();
    assert!(
        matches!(widget.request(), Request::Accounts { service, .. } if service.as_str() == fixtures::QUICKBOOKS)
    );
    assert!(matches!(widget.content(), Content::Working(_)));
    assert!(widget.timers.is_empty(), "nobody waits for the window any more");
    widget.answer(Ok(Response::Accounts(fixtures::accounts())));
    assert!(
        matches!(widget.content(), Content::Accounts { accounts, .. } if accounts == fixtures::accounts())
    );
    widget.press(UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned()));
    assert!(matches!(widget.request(), Request::ChooseAccount { account_id, connection_id, .. }
        if account_id == fixtures::ACCOUNT && *connection_id == fixtures::connection_id()));
    widget.answer(Ok(Response::Empty));
    assert!(matches!(widget.request(), Request::Status));
    widget.answer_connections(vec![fixtures::active(fixtures::QUICKBOOKS)]);
    assert_eq!(widget.name(), "Connected");
    assert_eq!(widget.host_events().last(), Some(&authorized(fixtures::QUICKBOOKS)));
}

#[test]
fn companies_that_come_with_the_connection_are_not_asked_for() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.news(fixtures::with_choices(pending()));
    assert!(widget.requests.is_empty());
    assert!(
        matches!(widget.content(), Content::Accounts { accounts, .. } if accounts == fixtures::accounts())
    );
}

#[test]
fn a_company_that_is_not_in_the_list_cannot_be_chosen() {
    let mut widget = choosing();
    widget.press(UserEvent::ChooseAccount("of no list".to_owned()));
    assert_eq!(widget.name(), "ChoosingAccount");
    assert!(widget.requests.is_empty());
}

#[test]
fn a_list_without_companies_ends_the_attempt() {
    let mut widget = listing();
    widget.answer(Ok(Response::Accounts(Vec::new())));
    assert!(matches!(widget.content(), Content::Failed { message: None, .. }));
}

#[test]
fn a_list_that_cannot_be_had_ends_the_attempt() {
    let mut widget = listing();
    widget.refuse(409, "No choice is due");
    assert!(
        matches!(widget.content(), Content::Failed { message: Some(words), .. } if words == "No choice is due")
    );
}

#[test]
fn a_choice_that_is_refused_ends_the_attempt() {
    let mut widget = choosing();
    widget.press(UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned())).refuse(400, "There is no such one");
    assert!(matches!(widget.content(), Content::Failed { .. }));
}

#[test]
fn a_choice_may_turn_out_to_be_a_duplicate_or_refused() {
    let duplicate = fixtures::invalid(fixtures::QUICKBOOKS, ConnectionError::DuplicateAccount);
    let mut widget = confirming();
    widget.answer_connections(vec![duplicate]);
    assert!(matches!(widget.content(), Content::Duplicate(_)));
}

#[test]
fn a_status_without_the_connection_ends_the_attempt() {
    let mut widget = confirming();
    widget.answer_connections(Vec::new());
    assert!(matches!(widget.content(), Content::Failed { .. }));
}

#[test]
fn the_person_may_go_back_from_the_choice() {
    let mut widget = choosing();
    widget.press(UserEvent::Back);
    assert_eq!(widget.name(), "Choosing");
}

#[test]
fn a_late_sign_in_may_still_lead_to_the_choice() {
    for connection in [pending(), fixtures::with_choices(pending())] {
        let mut widget = TestWidget::late(fixtures::plain());
        widget.news(connection);
        assert!(widget.name().starts_with("ChoosingAccount"));
    }
}

#[test]
fn another_company_than_before_is_told_as_such() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.news(fixtures::different_company(fixtures::QUICKBOOKS));
    assert!(matches!(widget.content(), Content::Refused { refusal: Refusal::DifferentAccount, .. }));
}

/// Before, whoever had connected the wrong company first could only connect that one again.
#[test]
fn another_company_than_before_can_be_connected_beside_it() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.news(fixtures::different_company(fixtures::QUICKBOOKS));
    widget.press(UserEvent::ConnectOther);
    assert!(matches!(widget.content(), Content::Before { renewing: false, .. }), "{:?}", widget.content());
    widget.press(UserEvent::OpenWindow);
    let request = widget.request();
    assert!(matches!(request, Request::Address { target: ConnectionTarget::New, .. }), "{request:?}");
}

fn sending() -> TestWidget {
    let mut widget = choosing();
    widget.press(UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned()));
    widget
}

#[test]
fn an_answer_of_another_kind_at_any_step_ends_the_attempt() {
    let answers = [
        Response::Session(Box::new(fixtures::session())),
        Response::Address(fixtures::address()),
        Response::Update(None),
        Response::Update(Some(Box::new(fixtures::active(fixtures::QUICKBOOKS)))),
        Response::Accounts(fixtures::accounts()),
        Response::Empty,
        Response::Connections(vec![fixtures::active(fixtures::QUICKBOOKS)]),
    ];
    let right = [4, 5, 6];
    for (widget, right) in [listing(), sending(), confirming()].into_iter().zip(right) {
        for (index, answer) in answers.iter().enumerate().filter(|(index, _)| *index != right) {
            let mut widget = widget.clone();
            widget.answer(Ok(answer.clone())).list_says_no();
            assert_eq!(widget.name(), "Ended", "answer {index}");
            assert_eq!(widget.host_events().len(), 1);
        }
    }
}

#[test]
fn a_failure_at_any_step_ends_the_attempt() {
    for status in [400, 403, 502] {
        for mut widget in [listing(), sending(), confirming()] {
            widget.refuse(status, "Closed today").list_says_no();
            assert_eq!(widget.name(), "Ended");
            assert_eq!(widget.host_events().len(), 1);
        }
    }
    for error in [RequestError::Unreachable, RequestError::Unreadable] {
        let mut widget = listing();
        widget.never_answered(&error);
        assert_eq!(widget.name(), "Ended", "nothing was connected yet");
        assert_eq!(widget.host_events().len(), 1);
    }
}

#[test]
fn a_chosen_company_is_handed_over_to_the_success_page() {
    let mut widget = TestWidget::signing_in(fixtures::posting());
    widget.news(fixtures::with_choices(pending()));
    widget.press(UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned())).answer(Ok(Response::Empty));
    widget.answer_connections(vec![fixtures::active(fixtures::QUICKBOOKS)]);
    assert_eq!(widget.name(), "Connected(signing)");
    widget.sign();
    assert_eq!(widget.name(), "Connected(handing over)");
}

#[test]
fn whoever_gave_up_is_not_asked_for_a_company() {
    for answer in [Response::Update(Some(Box::new(pending()))), Response::Accounts(fixtures::accounts())] {
        let mut widget = TestWidget::signing_in(fixtures::plain());
        widget.press(UserEvent::Back).answer(Ok(answer));
        assert_eq!(widget.name(), "Choosing");
    }
}
