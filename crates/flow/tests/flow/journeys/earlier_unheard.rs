//! What is said of an attempt while an earlier one at the same service is unheard: never that nothing was connected
//! (invariant 8).

use railz_connect_flow::Event;
use railz_connect_flow::event::{BankLinkEvent, Response, UserEvent};
use railz_connect_flow::screen::Content;

use super::Story;
use super::unheard::active;
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    a_sign_in_that_was_not_finished_in_time_says_nothing_of_one_before_it,
    a_refusal_says_nothing_of_a_sign_in_before_it,
    a_part_that_cannot_be_loaded_says_nothing_of_a_bank_before_it,
    without_an_earlier_attempt_the_words_are_what_they_were,
];

/// The person gave a sign-in up in the moment in which nobody could be asked, and begins another one.
fn signing_in_anew() -> TestWidget {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.press(UserEvent::Back).refuse(400, "No");
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(fixtures::address());
    widget.host_events.clear();
    widget
}

fn says_that_nobody_knows(widget: &TestWidget) -> bool {
    matches!(widget.content(), Content::Failed { unheard: true, message: None, .. })
}

/// "Nothing was connected" stood there, of a sign-in whose company the server had.
#[test]
fn a_sign_in_that_was_not_finished_in_time_says_nothing_of_one_before_it() {
    let mut widget = signing_in_anew();
    widget.timeout_elapses().attempt_expires().host_events.clear();
    assert_eq!(widget.name(), "AwaitingSignIn(over)");
    assert!(says_that_nobody_knows(&widget), "{:?}", widget.content());
    widget.press(UserEvent::TryAgain);
    assert_eq!(widget.name(), "Loading", "the list says it before anything is tried once more");
    widget.answer_session(fixtures::session_with(active(fixtures::QUICKBOOKS)));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
}

#[test]
fn a_refusal_says_nothing_of_a_sign_in_before_it() {
    for refused in [fixtures::denied, fixtures::different_company] {
        let mut widget = signing_in_anew();
        widget.news(refused(fixtures::QUICKBOOKS)).host_events.clear();
        assert!(says_that_nobody_knows(&widget), "{:?}", widget.content());
        widget.press(UserEvent::TryAgain);
        widget.answer_session(fixtures::session_with(active(fixtures::QUICKBOOKS)));
        assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
    }
}

#[test]
fn a_part_that_cannot_be_loaded_says_nothing_of_a_bank_before_it() {
    let mut widget = super::unheard::bank(Vec::new());
    widget.answer(Ok(Response::Bank(fixtures::bank()))).refuse(403, "Not yours");
    widget.press(UserEvent::Back).pick(fixtures::PLAID);
    widget.answer(Ok(Response::LinkToken(fixtures::link_token()))).host_events.clear();
    let ticket = *widget.links.first().unwrap();
    widget.dispatch(Event::BankLink { ticket, event: BankLinkEvent::LoadFailed });
    assert!(says_that_nobody_knows(&widget), "{:?}", widget.content());
}

#[test]
fn without_an_earlier_attempt_the_words_are_what_they_were() {
    let mut over = TestWidget::signing_in(fixtures::plain());
    over.timeout_elapses().attempt_expires();
    assert!(matches!(over.content(), Content::Expired { still_listening: false, .. }));
    let mut denied = TestWidget::signing_in(fixtures::plain());
    denied.news(fixtures::denied(fixtures::QUICKBOOKS));
    assert!(matches!(denied.content(), Content::Refused { .. }));
    let mut late = signing_in_anew();
    late.timeout_elapses();
    assert!(
        matches!(late.content(), Content::Expired { still_listening: true, .. }),
        "nothing false is said"
    );
}
