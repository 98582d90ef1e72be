//! What belongs to credentials, banks and connectors, met where something else is under way; and what follows them.

use railz_connect_contract::ConnectionState;
use railz_connect_flow::event::{Response, UserEvent};

use super::Story;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    their_answers_count_for_nothing_elsewhere,
    whoever_gave_up_a_sign_in_may_take_another_way,
    a_connector_is_handed_over_to_the_success_page,
];

fn answers() -> impl Iterator<Item = Response> {
    let ours = ["Credentials", "LinkToken", "Bank"];
    super::answers_of_each_kind().into_iter().filter(move |(name, _)| ours.contains(name)).map(|one| one.1)
}

#[test]
fn their_answers_count_for_nothing_elsewhere() {
    let loading = TestWidget::start(fixtures::plain());
    let mut at_the_address = TestWidget::in_the_picker(fixtures::plain());
    at_the_address.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow);
    let mut sandbox = TestWidget::in_the_picker(fixtures::plain());
    sandbox.pick(fixtures::SANDBOX);
    let mut login = sandbox.clone();
    login.answer_address(fixtures::address());
    let mut status = login.clone();
    status.answer(Ok(Response::Empty));
    let mut listing = TestWidget::signing_in(fixtures::plain());
    listing.news(fixtures::connection(fixtures::QUICKBOOKS, ConnectionState::Pending));
    let mut sending = listing.clone();
    sending.answer(Ok(Response::Accounts(fixtures::accounts())));
    sending.press(UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned()));
    let mut confirming = sending.clone();
    confirming.answer(Ok(Response::Empty));
    for widget in [loading, at_the_address, sandbox, login, status, listing, sending, confirming] {
        for answer in answers() {
            let mut widget = widget.clone();
            widget.answer(Ok(answer));
            widget.list_says_no();
            assert!(["LoadFailed", "Ended"].contains(&widget.name()), "{}", widget.name());
        }
    }
    let waiting = TestWidget::signing_in(fixtures::plain());
    let late = TestWidget::late(fixtures::plain());
    let mut final_poll = waiting.clone();
    final_poll.press(UserEvent::Back);
    for widget in [waiting, late, final_poll] {
        for answer in answers() {
            let mut widget = widget.clone();
            widget.answer(Ok(answer));
            assert!(widget.host_events().is_empty(), "nothing is settled");
        }
    }
}

fn given_up() -> TestWidget {
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::credentials_session());
    widget.pick(fixtures::CENTRAL).press(UserEvent::OpenWindow).answer_address(fixtures::address());
    widget.press(UserEvent::Back);
    widget
}

#[test]
fn whoever_gave_up_a_sign_in_may_take_another_way() {
    let mut widget = given_up();
    assert_eq!(widget.name(), "Choosing(final poll)");
    widget.pick(fixtures::NETSUITE);
    assert_eq!(widget.name(), "Entering(beginning)");
    assert_eq!(widget.requests.len(), 1, "the final poll is cancelled");
}

#[test]
fn a_connector_is_handed_over_to_the_success_page() {
    let picker = || TestWidget::in_the_picker_of(fixtures::posting(), fixtures::credentials_session());
    let mut widget = picker();
    widget.pick(fixtures::DESKTOP).answer_address(fixtures::connector_address());
    widget.answer_connections(vec![fixtures::active(fixtures::DESKTOP)]);
    assert_eq!(widget.name(), "Connected(signing)");
    widget.sign();
    assert_eq!(widget.name(), "Connected(handing over)");
}
