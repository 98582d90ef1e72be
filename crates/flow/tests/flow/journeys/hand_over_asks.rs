//! Whichever way a success comes, what is unheard is asked for before the page is left.

use railz_connect_contract::{BankResponse, ConnectionState};
use railz_connect_flow::Event;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{BankLinkEvent, CredentialCheck, Response, UserEvent};

use super::Story;
use super::unheard::active;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    a_sign_in_that_succeeds_asks_first,
    a_chosen_company_asks_first,
    credentials_that_are_right_ask_first,
    a_bank_after_another_one_asks_first,
    whoever_goes_on_with_what_is_connected_asks_first,
];

/// Signing in to Xero, after a sign-in to QuickBooks that was left.
fn signing_in_to_another() -> TestWidget {
    let mut widget = TestWidget::signing_in(fixtures::posting());
    widget.press(UserEvent::Back).pick(fixtures::XERO);
    widget.press(UserEvent::OpenWindow).answer_address(fixtures::address()).host_events.clear();
    widget
}

fn asks(widget: &TestWidget) {
    assert_eq!((widget.name(), widget.request()), ("Connected(asking)", &Request::Status));
}

#[test]
fn a_sign_in_that_succeeds_asks_first() {
    let polling = signing_in_to_another();
    let (mut late, mut given_up) = (polling.clone(), polling.clone());
    late.timeout_elapses();
    given_up.press(UserEvent::Back);
    for mut widget in [polling, late, given_up] {
        asks(widget.news(fixtures::active(fixtures::XERO)));
    }
}

#[test]
fn a_chosen_company_asks_first() {
    let mut widget = signing_in_to_another();
    widget.news(fixtures::with_choices(fixtures::connection(fixtures::XERO, ConnectionState::Pending)));
    widget.press(UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned())).answer(Ok(Response::Empty));
    asks(widget.answer_connections(active(fixtures::XERO)));
}

#[test]
fn credentials_that_are_right_ask_first() {
    let mut widget = TestWidget::in_the_picker_of(fixtures::posting(), fixtures::credentials_session());
    widget.pick(fixtures::DESKTOP).answer_address(fixtures::connector_address()).press(UserEvent::Back);
    widget.pick(fixtures::NETSUITE).answer_address(fixtures::address());
    let accepted = CredentialCheck::Accepted { connection_id: None, entities: Vec::new() };
    widget.press(UserEvent::Submit(fixtures::right_credentials()));
    widget.answer(Ok(Response::Credentials(accepted)));
    asks(widget.answer_connections(active(fixtures::NETSUITE)));
}

#[test]
fn a_bank_after_another_one_asks_first() {
    let link = |widget: &mut TestWidget, connection: railz_connect_contract::Connection| {
        widget.pick(fixtures::PLAID).answer(Ok(Response::LinkToken(fixtures::link_token())));
        let ticket = *widget.links.first().unwrap();
        let event = BankLinkEvent::Linked(fixtures::public_token());
        widget.dispatch(Event::BankLink { ticket, event });
        let connection_id = Some(connection.connection_id);
        widget.answer(Ok(Response::Bank(BankResponse { connection_id, ..fixtures::bank() })));
    };
    let first = fixtures::active(fixtures::PLAID);
    let second = fixtures::of_another(first.clone());
    let mut widget = TestWidget::in_the_picker_of(fixtures::posting(), fixtures::bank_session());
    link(&mut widget, first);
    widget.refuse(403, "Not yours").press(UserEvent::Back);
    link(&mut widget, second.clone());
    widget.answer_connections(vec![second]);
    assert_eq!(widget.name(), "Connected", "more banks may be linked");
    asks(widget.press(UserEvent::Continue));
}

#[test]
fn whoever_goes_on_with_what_is_connected_asks_first() {
    let connected = fixtures::session_with(active(fixtures::QUICKBOOKS));
    let mut asked = TestWidget::in_the_picker_of(fixtures::posting(), connected);
    asked.press(UserEvent::Renew(fixtures::connection_id())).press(UserEvent::OpenWindow);
    asked.answer_address(fixtures::address()).press(UserEvent::Back);
    let mut refused = asked.clone();
    refused.refuse(400, "No");
    for mut widget in [asked, refused] {
        asks(widget.press(UserEvent::Next));
    }
}
