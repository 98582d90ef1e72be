//! A bank that is not linked: the script does not come, gives up or is left, the server refuses.

use super::Story;
use super::bank::{asking, confirming, lapsed, link, open, opening, say, sending};
use crate::support::fixtures;
use railz_connect_contract::{ConnectionError, ConnectionState};
use railz_connect_flow::Event;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{BankLinkEvent, RequestError, Response, UserEvent};
use railz_connect_flow::host_event::{ErrorCode, EventName, HostEvent};
use railz_connect_flow::screen::Content;

pub const STORIES: &[Story] = &[
    a_script_that_cannot_be_loaded_is_told,
    the_person_may_leave_the_script,
    a_script_that_gives_up_ends_the_attempt_in_its_words,
    the_person_may_go_back_until_the_bank_is_linked,
    news_of_an_earlier_opening_change_nothing,
    a_bank_may_turn_out_to_be_a_duplicate,
    a_status_without_the_bank_ends_the_attempt,
    an_answer_of_another_kind_at_any_step_ends_the_attempt,
    a_failure_at_any_step_ends_the_attempt,
    what_failed_is_tried_again_for_the_same_bank,
];

#[test]
fn a_script_that_cannot_be_loaded_is_told() {
    for mut widget in [opening(), open()] {
        say(&mut widget, BankLinkEvent::LoadFailed);
        assert_eq!(widget.screen_name(), "notLoaded");
        assert!(matches!(&widget.host_events()[..], [HostEvent::Error { event: EventName::Load, error, .. }]
            if error.code == ErrorCode::General));
        widget.press(UserEvent::TryAgain);
        assert_eq!(widget.name(), "LinkingBank(asking)");
    }
}

#[test]
fn the_person_may_leave_the_script() {
    for mut widget in [opening(), open()] {
        say(&mut widget, BankLinkEvent::Exited);
        assert_eq!(widget.name(), "Choosing");
        assert!(widget.host_events().is_empty(), "nothing went wrong");
    }
}

#[test]
fn a_script_that_gives_up_ends_the_attempt_in_its_words() {
    for words in [None, Some("The bank is asleep".to_owned())] {
        for mut widget in [opening(), open()] {
            say(&mut widget, BankLinkEvent::Failed(words.clone()));
            assert!(matches!(widget.content(), Content::Failed { message, .. } if message == words));
            assert!(
                matches!(&widget.host_events()[..], [HostEvent::Error { event: EventName::Load, error, .. }]
                if error.code == ErrorCode::General && error.raw == words)
            );
        }
    }
}

#[test]
fn the_person_may_go_back_until_the_bank_is_linked() {
    for mut widget in [asking(), opening(), open()] {
        widget.press(UserEvent::Back);
        assert_eq!(widget.name(), "Choosing");
        assert!(widget.links.is_empty() && widget.requests.is_empty());
    }
    for mut widget in [sending(), confirming()] {
        let before = widget.name();
        widget.press(UserEvent::Back);
        assert_eq!(widget.name(), before, "the bank is linked by now");
        assert_eq!(widget.screen_name(), "working");
    }
}

#[test]
fn news_of_an_earlier_opening_change_nothing() {
    let mut widget = open();
    let earlier = link(&widget);
    widget.press(UserEvent::Back).pick(fixtures::PLAID);
    widget.answer(Ok(Response::LinkToken(fixtures::link_token())));
    let linked = BankLinkEvent::Linked(fixtures::public_token());
    widget.dispatch(Event::BankLink { ticket: earlier, event: linked });
    assert_eq!(widget.name(), "LinkingBank(opening)");
}

#[test]
fn a_bank_may_turn_out_to_be_a_duplicate() {
    let mut widget = confirming();
    widget.answer_connections(vec![fixtures::invalid(fixtures::PLAID, ConnectionError::DuplicateAccount)]);
    assert_eq!(widget.screen_name(), "duplicate");
}

#[test]
fn a_status_without_the_bank_ends_the_attempt() {
    let mut widget = confirming();
    widget.answer_connections(vec![fixtures::of_another(fixtures::active(fixtures::PLAID))]);
    assert_eq!(widget.screen_name(), "failed");
}

#[test]
fn an_answer_of_another_kind_at_any_step_ends_the_attempt() {
    for (widget, right) in [(asking(), "LinkToken"), (sending(), "Bank"), (confirming(), "Connections")] {
        for (name, answer) in super::answers_of_each_kind().into_iter().filter(|(name, _)| *name != right) {
            let mut widget = widget.clone();
            widget.answer(Ok(answer)).list_says_no();
            assert_eq!(widget.name(), "Ended", "{name}");
            assert_eq!(widget.host_events().len(), 1);
        }
    }
}

#[test]
fn a_failure_at_any_step_ends_the_attempt() {
    let refused = RequestError::Refused { status: 409, message: "The bank asks for a sign-in".to_owned() };
    for mut widget in [asking(), sending(), confirming()] {
        widget.answer(Err(refused.clone())).list_says_no();
        assert_eq!(widget.name(), "Ended");
        assert_eq!(widget.host_events().len(), 1);
    }
    for error in [RequestError::Unreachable, RequestError::Unreadable] {
        let mut widget = asking();
        widget.answer(Err(error));
        assert_eq!(widget.name(), "Ended", "nothing was linked yet");
        assert_eq!(widget.host_events().len(), 1);
    }
}

#[test]
fn what_failed_is_tried_again_for_the_same_bank() {
    let mut widget = lapsed(ConnectionState::Expired);
    widget.answer(Err(RequestError::Unreachable)).press(UserEvent::TryAgain);
    assert!(matches!(widget.request(), Request::LinkToken { connection_id: Some(_), .. }));
}
