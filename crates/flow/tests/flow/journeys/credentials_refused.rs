//! Credentials that lead to no connection: refused, not tried, or tried in vain.

use railz_connect_contract::ConnectionError;
use railz_connect_flow::event::{CredentialCheck, RequestError, Response, UserEvent};
use railz_connect_flow::host_event::{ErrorCode, EventName, HostEvent};
use railz_connect_flow::screen::Content;
use railz_connect_flow::state::CredentialsError;

use super::Story;
use super::credentials::{begun, checking, confirming, form, right};
use crate::support::actions::authorized;
use crate::support::fixtures;

pub const STORIES: &[Story] = &[
    wrong_credentials_leave_the_form_with_the_words_of_the_server,
    a_check_that_fails_leaves_the_form,
    a_session_that_is_over_ends_the_entry,
    entities_without_a_connection_cannot_be_chosen_from,
    a_beginning_that_fails_ends_the_entry,
    an_answer_of_another_kind_at_any_step_ends_the_entry,
    a_failure_of_the_last_question_ends_the_entry,
    what_was_right_may_turn_out_to_be_a_duplicate,
];

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
        widget.answer(Err(error.clone()));
        if widget.name() == "Entering(confirming)" {
            assert!(form(&widget).busy, "they may have been right all the same: {error:?}");
            widget.answer_connections(Vec::new());
        }
        assert_eq!(form(&widget).error, Some(shown));
        assert!(widget.host_events().is_empty());
    }
}

#[test]
fn a_session_that_is_over_ends_the_entry() {
    let mut widget = checking(fixtures::NETSUITE);
    widget.refuse_token().refuse_token();
    assert!(matches!(widget.content(), Content::Failed { message: None, .. }));
    assert!(
        matches!(&widget.host_events()[..], [HostEvent::Error { event: EventName::Authorization, error, .. }]
        if error.code == ErrorCode::Authentication)
    );
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
            widget.answer(Ok(answer.clone())).list_says_no();
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
    let mut widget = confirming(fixtures::INTACCT);
    widget.refuse(502, "Closed today").list_says_no();
    assert_eq!(widget.name(), "Ended");
    assert_eq!(widget.host_events().len(), 1);
    let mut widget = confirming(fixtures::INTACCT);
    widget.answer_connections(Vec::new());
    assert_eq!(widget.name(), "Ended");
}

#[test]
fn what_was_right_may_turn_out_to_be_a_duplicate() {
    let mut widget = confirming(fixtures::NETSUITE);
    widget.answer_connections(vec![fixtures::invalid(fixtures::NETSUITE, ConnectionError::DuplicateAccount)]);
    assert_eq!(widget.screen_name(), "duplicate");
    widget.press(UserEvent::TryAgain);
    assert_eq!(widget.name(), "Entering(beginning)");
}
