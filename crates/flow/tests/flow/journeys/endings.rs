//! How an attempt ends badly: refused, failed, or never begun. Told once, with a code that says what the host can do.

use railz_connect_contract::{AddressResponse, Connection, ConnectionError, ConnectionState, RefusalReason};
use railz_connect_flow::Effect;
use railz_connect_flow::event::{RequestError, Response, UserEvent};
use railz_connect_flow::host_event::{ErrorCode, ErrorText, EventName, HostEvent};
use railz_connect_flow::screen::Content;
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::state::Refusal;

use super::Story;
use crate::support::actions::error_of_attempt;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    a_person_who_says_no_is_told_so_in_words,
    every_refusal_is_told_by_its_code,
    the_same_company_again_is_a_duplicate,
    a_company_that_the_business_has_connected_itself_is_said_to_be_connected_here,
    a_provider_that_fails_is_told_with_the_servers_words,
    a_servers_code_is_told_to_the_host_and_shown_to_nobody,
    who_can_help_is_named_where_something_did_not_work_and_nowhere_else,
    a_session_that_is_no_longer_accepted_ends_the_attempt,
    a_connection_in_no_useful_state_is_a_failure,
    an_address_that_is_refused_closes_the_window_and_ends_the_attempt,
    an_address_without_a_connection_cannot_be_listened_to,
    what_ended_can_be_tried_again_or_left,
];

#[test]
fn a_person_who_says_no_is_told_so_in_words() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.news(fixtures::denied(fixtures::QUICKBOOKS));
    let shown = widget.content();
    assert!(matches!(shown, Content::Refused { refusal: Refusal::AccessDenied, .. }), "{shown:?}");
    let code = ErrorCode::InsufficientPermission;
    let raw = Some("insufficientPermission");
    assert_eq!(
        widget.host_events(),
        [error_of_attempt(EventName::Authorization, code, ErrorText::OfCode, raw)]
    );
    assert!(widget.windows.is_empty() && widget.timers.is_empty());
}

#[test]
fn every_refusal_is_told_by_its_code() {
    let table = [
        (
            ConnectionError::InsufficientPermission,
            Refusal::InsufficientPermission,
            ErrorCode::InsufficientPermission,
        ),
        (
            ConnectionError::UnauthorizedCredentials,
            Refusal::UnauthorizedCredentials,
            ErrorCode::UnauthorizedCredentials,
        ),
        (
            ConnectionError::UnauthorizedClientIdKey,
            Refusal::UnauthorizedClientIdKey,
            ErrorCode::UnauthorizedClientIdKey,
        ),
    ];
    for (error, refusal, code) in table {
        let mut widget = TestWidget::signing_in(fixtures::plain());
        widget.news(fixtures::invalid(fixtures::QUICKBOOKS, error));
        let shown = widget.content();
        assert!(matches!(shown, Content::Refused { refusal: shown, .. } if shown == refusal), "{shown:?}");
        let raw = Some(code.as_str());
        assert_eq!(
            widget.host_events(),
            [error_of_attempt(EventName::Authorization, code, ErrorText::OfCode, raw)]
        );
    }
}

/// It was said to be connected under another business, which it is not.
#[test]
fn a_company_that_the_business_has_connected_itself_is_said_to_be_connected_here() {
    let entry = || Connection {
        reason: Some(RefusalReason::ConnectedHere),
        ..fixtures::invalid(fixtures::QUICKBOOKS, ConnectionError::DuplicateAccount)
    };
    let (code, raw) = (ErrorCode::DuplicateAccount, Some("duplicateAccount"));
    let told = error_of_attempt(EventName::Authorization, code, ErrorText::OfCode, raw);
    for cancelled in [false, true] {
        let mut widget = TestWidget::signing_in(fixtures::plain());
        if cancelled {
            widget.press(UserEvent::Back);
        }
        widget.news(entry());
        let shown = widget.content();
        assert!(matches!(shown, Content::Refused { refusal: Refusal::ConnectedHere, .. }), "{shown:?}");
        assert_eq!(widget.host_events(), std::slice::from_ref(&told));
    }
}

#[test]
fn the_same_company_again_is_a_duplicate() {
    for state in [ConnectionState::Invalid, ConnectionState::Active] {
        let mut widget = TestWidget::signing_in(fixtures::plain());
        let error = ConnectionError::DuplicateAccount;
        widget.news(Connection { state, ..fixtures::invalid(fixtures::QUICKBOOKS, error) });
        assert_eq!(widget.screen_name(), "duplicate", "whatever state the entry is in");
        let code = ErrorCode::DuplicateAccount;
        let raw = Some("duplicateAccount");
        let told = error_of_attempt(EventName::Authorization, code, ErrorText::OfCode, raw);
        assert_eq!(widget.host_events(), [told]);
    }
}

#[test]
fn a_provider_that_fails_is_told_with_the_servers_words() {
    const WORDS: &str = "QuickBooks did not finish the sign-in";
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.refuse(502, WORDS);
    let shown = widget.content();
    assert!(matches!(shown, Content::Failed { message: Some(words), .. } if words == WORDS));
    let told = error_of_attempt(EventName::Load, ErrorCode::General, ErrorText::OfCode, Some(WORDS));
    assert_eq!(widget.host_events(), [told]);
    assert!(widget.windows.is_empty() && widget.timers.is_empty() && widget.requests.is_empty());
}

#[test]
fn a_session_that_is_no_longer_accepted_ends_the_attempt() {
    for status in [403, 404] {
        let mut widget = TestWidget::signing_in(fixtures::plain());
        widget.refuse(status, "Sign in again");
        let code = ErrorCode::Authentication;
        let raw = Some("Sign in again");
        assert_eq!(
            widget.host_events(),
            [error_of_attempt(EventName::Authorization, code, ErrorText::OfCode, raw)]
        );
        assert_eq!(widget.name(), "Ended");
    }
}

#[test]
fn a_connection_in_no_useful_state_is_a_failure() {
    for state in [ConnectionState::Invalid, ConnectionState::Disconnected, ConnectionState::Unknown] {
        let mut widget = TestWidget::signing_in(fixtures::plain());
        widget.news(fixtures::connection(fixtures::QUICKBOOKS, state));
        let told = error_of_attempt(EventName::Load, ErrorCode::General, ErrorText::OfCode, None);
        assert_eq!(widget.host_events(), [told]);
        assert_eq!(widget.screen_name(), "failed");
    }
}

#[test]
fn an_address_that_is_refused_closes_the_window_and_ends_the_attempt() {
    for error in [
        RequestError::Unreachable,
        RequestError::Unreadable,
        RequestError::Refused { status: 500, message: "No address today".to_owned() },
    ] {
        let mut widget = TestWidget::in_the_picker(fixtures::plain());
        widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow);
        let window = widget.window();
        widget.answer(Err(error));
        assert!(widget.effects.contains(&Effect::CloseWindow(window)));
        assert_eq!(widget.screen_name(), "failed");
        assert_eq!(widget.host_events().len(), 1);
    }
}

#[test]
fn an_address_without_a_connection_cannot_be_listened_to() {
    for answer in [
        Response::Address(AddressResponse { connection_id: None, ..fixtures::address() }),
        Response::Session(Box::new(fixtures::session())),
        Response::Update(None),
        Response::Update(Some(Box::new(fixtures::active(fixtures::QUICKBOOKS)))),
        Response::Connections(Vec::new()),
        Response::Accounts(fixtures::accounts()),
        Response::Empty,
    ] {
        let mut widget = TestWidget::in_the_picker(fixtures::plain());
        widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow).answer(Ok(answer));
        assert_eq!(widget.screen_name(), "failed");
        assert!(widget.windows.is_empty() && widget.timers.is_empty());
    }
}

#[test]
fn what_ended_can_be_tried_again_or_left() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.news(fixtures::denied(fixtures::QUICKBOOKS)).press(UserEvent::TryAgain);
    assert_eq!(widget.screen_name(), "before", "the window opens in a press of its own (invariant 1)");
    widget.press(UserEvent::OpenWindow).answer(Err(RequestError::Unreachable)).press(UserEvent::Back);
    assert_eq!(widget.screen_name(), "picker");
}

/// Before, the code itself stood under "That did not work".
#[test]
fn a_servers_code_is_told_to_the_host_and_shown_to_nobody() {
    let mut widget = TestWidget::in_the_picker(fixtures::plain());
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow);
    widget.refuse(500, "INTERNAL_ERROR");
    assert!(matches!(widget.content(), Content::Failed { message: None, .. }), "{:?}", widget.content());
    let raw = Some("INTERNAL_ERROR");
    let told = widget.host_events();
    assert!(matches!(&told[..], [HostEvent::Error { error, .. }] if error.raw.as_deref() == raw), "{told:?}");
}

#[test]
fn who_can_help_is_named_where_something_did_not_work_and_nowhere_else() {
    let with_email = |email: &str| SessionResponse { email: email.to_owned(), ..fixtures::session() };
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), with_email("help@acme.example"));
    assert_eq!(widget.screen().email, None, "the list");
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow);
    assert_eq!(widget.screen().email, None, "the wait");
    widget.refuse(500, "No address today");
    assert_eq!(widget.screen().email.as_deref(), Some("help@acme.example"));
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), with_email(""));
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow);
    widget.refuse(500, "No address today");
    assert_eq!(widget.screen().email, None, "a server that names nobody");
}
