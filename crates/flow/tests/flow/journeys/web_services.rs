//! Business Central: once a company is chosen, the addresses of web services may be given with it.

use railz_connect_contract::{ConnectionState, ExtraConfigurations};
use railz_connect_flow::Effect;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{Response, UserEvent};
use railz_connect_flow::field::Field;
use railz_connect_flow::form::FormValues;
use railz_connect_flow::screen::{Content, FieldsScreen};
use railz_connect_flow::session::SessionResponse;

use super::Story;
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    addresses_that_are_given_travel_with_the_choice,
    addresses_may_be_left_out,
    addresses_that_are_none_are_named,
    only_the_addresses_that_are_asked_for_are_shown,
    the_addresses_can_be_left,
];

fn choosing(session: SessionResponse) -> TestWidget {
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), session);
    widget.pick(fixtures::CENTRAL).press(UserEvent::OpenWindow).answer_address(fixtures::address());
    widget.news(fixtures::with_choices(fixtures::connection(fixtures::CENTRAL, ConnectionState::Pending)));
    widget.press(UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned()));
    widget
}

fn asking_for(vendor: bool, customer: bool) -> SessionResponse {
    let mut session = fixtures::credentials_session();
    for one in session.integrations.iter_mut().flatten() {
        one.extra_configurations = Some(ExtraConfigurations {
            show_vendor_bank_account_steps: vendor,
            show_customer_bank_account_steps: customer,
        });
    }
    session
}

fn form(widget: &TestWidget) -> FieldsScreen {
    match widget.content() {
        Content::WebServices(screen) => *screen,
        other => panic!("no form: {other:?}"),
    }
}

fn sent(widget: &TestWidget) -> FormValues {
    match widget.request() {
        Request::ChooseAccount { web_services, account_id, .. } if account_id == fixtures::ACCOUNT => {
            web_services.clone()
        }
        other => panic!("no choice: {other:?}"),
    }
}

#[test]
fn addresses_that_are_given_travel_with_the_choice() {
    let mut widget = choosing(fixtures::credentials_session());
    assert!(widget.requests.is_empty(), "nothing is chosen yet");
    let given = [("vendorBankAccountList", "https://bc.example/ODataV4/a b".replace(' ', "%20"))];
    let given: Vec<_> = given.iter().map(|(name, value)| (*name, value.as_str())).collect();
    widget.press(UserEvent::Submit(fixtures::credentials(&given)));
    assert_eq!(sent(&widget), fixtures::credentials(&given), "only what was filled in");
    widget.answer(Ok(Response::Empty)).answer_connections(vec![fixtures::active(fixtures::CENTRAL)]);
    assert_eq!(widget.host_events(), [authorized(fixtures::CENTRAL)]);
}

#[test]
fn addresses_may_be_left_out() {
    let mut widget = choosing(fixtures::credentials_session());
    widget.press(UserEvent::Submit(FormValues::default()));
    assert!(sent(&widget).0.is_empty());
    assert!(widget.guides.is_empty(), "nobody waits for the instructions any more");
}

#[test]
fn addresses_that_are_none_are_named() {
    for wrong in ["http://bc.example/x", "bc.example/x", "https://", "https://bc example.com", "no"] {
        let mut widget = choosing(fixtures::credentials_session());
        widget.press(UserEvent::Submit(fixtures::credentials(&[("customerBankAccountCard", wrong)])));
        assert_eq!(form(&widget).problems, [Field::CustomerCard], "{wrong}");
        assert!(widget.effects.contains(&Effect::FocusProblem));
        assert!(widget.requests.is_empty());
    }
}

#[test]
fn only_the_addresses_that_are_asked_for_are_shown() {
    let (list, card) = (Field::VendorList, Field::VendorCard);
    assert_eq!(form(&choosing(asking_for(true, false))).fields, [list, card]);
    let (list, card) = (Field::CustomerList, Field::CustomerCard);
    assert_eq!(form(&choosing(asking_for(false, true))).fields, [list, card]);
    assert_eq!(form(&choosing(asking_for(true, true))).fields.len(), 4);
    assert!(sent(&choosing(asking_for(false, false))).0.is_empty(), "nothing is asked");
}

#[test]
fn the_addresses_can_be_left() {
    let mut widget = choosing(fixtures::credentials_session());
    widget.press(UserEvent::Back);
    assert_eq!(widget.name(), "Choosing");
}
