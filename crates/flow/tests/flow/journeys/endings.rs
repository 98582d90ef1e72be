//! How an attempt ends badly: refused, failed, or never begun. Told once, with a code that says what the host can do.

use railz_connect_contract::{AddressResponse, Connection, ConnectionError, ConnectionState};
use railz_connect_flow::{
    Answer, Content, Effect, ErrorCode, ErrorText, EventName, Refusal, RequestError, UserEvent,
};

use super::Story;
use crate::support::acts::told_of_attempt;
use crate::support::{Traveller, world};

pub const STORIES: &[Story] = &[
    a_person_who_says_no_is_told_so_in_words,
    every_refusal_is_told_by_its_code,
    the_same_company_again_is_a_duplicate,
    a_provider_that_fails_is_told_with_the_servers_words,
    a_session_that_is_no_longer_accepted_ends_the_attempt,
    a_connection_in_no_useful_state_is_a_failure,
    an_address_that_is_refused_closes_the_window_and_ends_the_attempt,
    an_address_without_a_connection_cannot_be_listened_to,
    what_ended_can_be_tried_again_or_left,
];

#[test]
fn a_person_who_says_no_is_told_so_in_words() {
    let mut owner = Traveller::signing_in(world::plain());
    owner.news(world::denied(world::QUICKBOOKS));
    let shown = owner.content();
    assert!(matches!(shown, Content::Refused { refusal: Refusal::AccessDenied, .. }), "{shown:?}");
    let code = ErrorCode::InsufficientPermission;
    let raw = Some("insufficientPermission");
    assert_eq!(owner.told(), [told_of_attempt(EventName::Authorization, code, ErrorText::OfCode, raw)]);
    assert!(owner.windows.is_empty() && owner.timers.is_empty());
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
        let mut owner = Traveller::signing_in(world::plain());
        owner.news(world::invalid(world::QUICKBOOKS, error));
        let shown = owner.content();
        assert!(matches!(shown, Content::Refused { refusal: shown, .. } if shown == refusal), "{shown:?}");
        let raw = Some(code.as_str());
        assert_eq!(owner.told(), [told_of_attempt(EventName::Authorization, code, ErrorText::OfCode, raw)]);
    }
}

#[test]
fn the_same_company_again_is_a_duplicate() {
    for state in [ConnectionState::Invalid, ConnectionState::Active] {
        let mut owner = Traveller::signing_in(world::plain());
        let error = ConnectionError::DuplicateAccount;
        owner.news(Connection { state, ..world::invalid(world::QUICKBOOKS, error) });
        assert_eq!(owner.screen_name(), "duplicate", "whatever state the entry is in");
        let code = ErrorCode::DuplicateAccount;
        let raw = Some("duplicateAccount");
        let told = told_of_attempt(EventName::Authorization, code, ErrorText::OfCode, raw);
        assert_eq!(owner.told(), [told]);
    }
}

#[test]
fn a_provider_that_fails_is_told_with_the_servers_words() {
    const WORDS: &str = "QuickBooks did not finish the sign-in";
    let mut owner = Traveller::signing_in(world::plain());
    owner.refuse(502, WORDS);
    let shown = owner.content();
    assert!(matches!(shown, Content::Failed { message: Some(words), .. } if words == WORDS));
    let told = told_of_attempt(EventName::Load, ErrorCode::General, ErrorText::OfCode, Some(WORDS));
    assert_eq!(owner.told(), [told]);
    assert!(owner.windows.is_empty() && owner.timers.is_empty() && owner.requests.is_empty());
}

#[test]
fn a_session_that_is_no_longer_accepted_ends_the_attempt() {
    for status in [401, 403, 404] {
        let mut owner = Traveller::signing_in(world::plain());
        owner.refuse(status, "Sign in again");
        let code = ErrorCode::Authentication;
        let raw = Some("Sign in again");
        assert_eq!(owner.told(), [told_of_attempt(EventName::Authorization, code, ErrorText::OfCode, raw)]);
        assert_eq!(owner.place(), "Ended");
    }
}

#[test]
fn a_connection_in_no_useful_state_is_a_failure() {
    for state in [ConnectionState::Invalid, ConnectionState::Disconnected, ConnectionState::Unknown] {
        let mut owner = Traveller::signing_in(world::plain());
        owner.news(world::connection(world::QUICKBOOKS, state));
        let told = told_of_attempt(EventName::Load, ErrorCode::General, ErrorText::OfCode, None);
        assert_eq!(owner.told(), [told]);
        assert_eq!(owner.screen_name(), "failed");
    }
}

#[test]
fn an_address_that_is_refused_closes_the_window_and_ends_the_attempt() {
    for error in [
        RequestError::Unreachable,
        RequestError::Unreadable,
        RequestError::Refused { status: 500, message: "No address today".to_owned() },
    ] {
        let mut owner = Traveller::in_the_picker(world::plain());
        owner.pick(world::QUICKBOOKS).press(UserEvent::OpenWindow);
        let window = owner.window();
        owner.answer(Err(error));
        assert!(owner.effects.contains(&Effect::CloseWindow(window)));
        assert_eq!(owner.screen_name(), "failed");
        assert_eq!(owner.told().len(), 1);
    }
}

#[test]
fn an_address_without_a_connection_cannot_be_listened_to() {
    for answer in [
        Answer::Address(AddressResponse { connection_id: None, ..world::address() }),
        Answer::Session(Box::new(world::session())),
        Answer::News(None),
        Answer::News(Some(Box::new(world::active(world::QUICKBOOKS)))),
        Answer::Connections(Vec::new()),
        Answer::Accounts(world::accounts()),
        Answer::Taken,
    ] {
        let mut owner = Traveller::in_the_picker(world::plain());
        owner.pick(world::QUICKBOOKS).press(UserEvent::OpenWindow).answer(Ok(answer));
        assert_eq!(owner.screen_name(), "failed");
        assert!(owner.windows.is_empty() && owner.timers.is_empty());
    }
}

#[test]
fn what_ended_can_be_tried_again_or_left() {
    let mut owner = Traveller::signing_in(world::plain());
    owner.news(world::denied(world::QUICKBOOKS)).press(UserEvent::TryAgain);
    assert_eq!(owner.screen_name(), "before", "the window opens in a press of its own (invariant 1)");
    owner.press(UserEvent::OpenWindow).answer(Err(RequestError::Unreachable)).press(UserEvent::Back);
    assert_eq!(owner.screen_name(), "picker");
}
