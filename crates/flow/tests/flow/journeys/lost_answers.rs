//! A request whose answer is lost is sent once more where the contract lets it be, and looked up else (invariant 8).

use railz_connect_contract::CONNECTION_TIMEOUT;
use railz_connect_flow::event::{RequestError, Response, UserEvent};
use railz_connect_flow::host_event::{ErrorCode, HostEvent};
use railz_connect_flow::screen::Content;
use railz_connect_flow::state::CredentialsError;

use super::Story;
use super::credentials::{checking, form};
use super::unheard::{active, bank, busy, choice, lost, sandbox};
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    a_choice_whose_answer_is_lost_is_sent_once_more,
    a_choice_that_is_over_by_then_is_looked_up,
    a_sandbox_login_whose_answer_is_lost_is_looked_up,
    credentials_whose_answer_is_lost_are_looked_up_and_stay_in_the_form,
    a_bank_whose_result_got_lost_is_looked_up_and_no_older_one_is_taken_for_it,
    a_choice_that_was_lost_and_is_refused_then_is_looked_up,
    whoever_is_refused_an_answer_is_told_that_nobody_knows_and_the_list_says_it,
    a_last_question_that_says_nothing_is_made_up_for,
    a_list_of_companies_is_asked_for_again,
];

/// Before, one lost answer told the host `general` and the person "nothing has changed" of a company that was connected.
#[test]
fn a_choice_whose_answer_is_lost_is_sent_once_more() {
    for error in lost() {
        let mut widget = choice();
        let request = widget.request().clone();
        widget.answer(Err(error.clone())).rest_ends();
        assert_eq!(widget.request(), &request, "the same choice once more");
        widget.answer(Ok(Response::Empty)).answer_connections(active(fixtures::QUICKBOOKS));
        assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);

        let mut widget = choice();
        widget.never_answered(&error);
        assert_eq!(widget.name(), "ChoosingAccount(confirming)", "it may have been taken all the same");
        widget.answer_connections(active(fixtures::QUICKBOOKS));
        assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
    }
}

#[test]
fn a_choice_that_is_over_by_then_is_looked_up() {
    let mut widget = choice();
    widget.answer(Err(RequestError::Unreachable)).rest_ends().refuse(409, "Nothing is to be chosen");
    widget.answer_connections(active(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
}

#[test]
fn a_sandbox_login_whose_answer_is_lost_is_looked_up() {
    for error in lost() {
        let mut widget = sandbox(fixtures::plain());
        widget.answer(Err(error)).answer_connections(active(fixtures::SANDBOX));
        assert_eq!(widget.host_events(), [authorized(fixtures::SANDBOX)]);
    }
    let mut widget = sandbox(fixtures::plain());
    widget.answer(Err(busy())).answer_connections(Vec::new());
    assert_eq!(widget.screen_name(), "failed", "nothing was connected");
}

#[test]
fn credentials_whose_answer_is_lost_are_looked_up_and_stay_in_the_form() {
    for error in lost() {
        let mut widget = checking(fixtures::NETSUITE);
        widget.answer(Err(error.clone())).answer_connections(active(fixtures::NETSUITE));
        assert_eq!(widget.host_events(), [authorized(fixtures::NETSUITE)]);

        let mut widget = checking(fixtures::NETSUITE);
        widget.answer(Err(error));
        assert!(form(&widget).busy, "the form stays, with what was typed");
        widget.answer_connections(vec![fixtures::of_another(fixtures::active(fixtures::NETSUITE))]);
        assert!(!form(&widget).busy);
        assert!(widget.host_events().is_empty(), "the attempt goes on");
    }
    let mut widget = checking(fixtures::NETSUITE);
    widget.answer(Err(RequestError::Unreachable)).answer_connections(Vec::new());
    assert_eq!(form(&widget).error, Some(CredentialsError::Unreachable));
}

#[test]
fn a_bank_whose_result_got_lost_is_looked_up_and_no_older_one_is_taken_for_it() {
    for error in lost() {
        let mut widget = bank(Vec::new());
        widget.answer(Err(error.clone())).answer_connections(active(fixtures::PLAID));
        assert_eq!(widget.host_events(), [authorized(fixtures::PLAID)]);

        let older = fixtures::of_another(fixtures::active(fixtures::PLAID));
        let mut widget = bank(vec![older.clone()]);
        widget.answer(Err(error)).answer_connections(vec![older]);
        assert_eq!(widget.screen_name(), "failed", "nothing was linked");
    }
}

/// What refuses the second sending knows nothing of the first (seed 19478): "nothing has changed" was said of a company that was
/// connected.
#[test]
fn a_choice_that_was_lost_and_is_refused_then_is_looked_up() {
    for status in [400, 403, 502] {
        let mut widget = choice();
        widget.answer(Err(RequestError::Unreachable)).rest_ends().refuse(status, "Closed today");
        assert_eq!(widget.name(), "ChoosingAccount(confirming)");
        widget.answer_connections(active(fixtures::QUICKBOOKS));
        assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
    }
}

/// A refused status ended the attempt, and what it had connected was never told (seeds 111 and 162).
#[test]
fn whoever_is_refused_an_answer_is_told_that_nobody_knows_and_the_list_says_it() {
    let mut polling = TestWidget::signing_in(fixtures::plain());
    polling.refuse(403, "Not yours");
    let mut choosing = choice();
    choosing.answer(Ok(Response::Empty)).refuse(404, "Not here");
    for mut widget in [polling, choosing] {
        assert!(matches!(widget.content(), Content::Failed { unheard: true, .. }), "{:?}", widget.content());
        let told = widget.host_events();
        assert!(
            matches!(&told[..], [HostEvent::Error { error, .. }] if error.code == ErrorCode::Authentication)
        );
        widget.press(UserEvent::TryAgain);
        widget.answer_session(fixtures::session_with(active(fixtures::QUICKBOOKS)));
        assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
    }
}

/// Seed 13069: only a lost answer was made up for. A server of 2.23 says "nothing yet" with 404.
#[test]
fn a_last_question_that_says_nothing_is_made_up_for() {
    for (status, message) in [(400, "No"), (403, "Not yours"), (404, CONNECTION_TIMEOUT), (410, "Too late")] {
        let mut widget = TestWidget::signing_in(fixtures::closable());
        widget.press(UserEvent::Back).refuse(status, message);
        assert_eq!(widget.name(), "Choosing");
        widget.press(UserEvent::Close).answer_connections(active(fixtures::QUICKBOOKS));
        let exit = HostEvent::Exit(fixtures::parties());
        assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS), exit]);
    }
}

#[test]
fn a_list_of_companies_is_asked_for_again() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    let pending = railz_connect_contract::ConnectionState::Pending;
    widget.news(fixtures::connection(fixtures::QUICKBOOKS, pending));
    widget.answer(Err(RequestError::Unreachable)).rest_ends();
    widget.answer(Ok(Response::Accounts(fixtures::accounts())));
    assert_eq!(widget.screen_name(), "accounts");
}
