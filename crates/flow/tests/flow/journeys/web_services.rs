//! Business Central: once a company is chosen, the addresses of web services may be given with it.

use railz_connect_contract::{ConnectionState, ExtraConfigurations};
use railz_connect_flow::{
    Answer, Content, Effect, Field, FieldsScreen, FormValues, Request, SessionResponse, UserEvent,
};

use super::Story;
use crate::support::acts::told_authorized;
use crate::support::{Traveller, world};

pub const STORIES: &[Story] = &[
    addresses_that_are_given_travel_with_the_choice,
    addresses_may_be_left_out,
    addresses_that_are_none_are_named,
    only_the_addresses_that_are_asked_for_are_shown,
    the_addresses_can_be_left,
];

fn choosing(session: SessionResponse) -> Traveller {
    let mut owner = Traveller::in_the_picker_of(world::plain(), session);
    owner.pick(world::CENTRAL).press(UserEvent::OpenWindow).answer_address(world::address());
    owner.news(world::with_choices(world::connection(world::CENTRAL, ConnectionState::Pending)));
    owner.press(UserEvent::ChooseAccount(world::ACCOUNT.to_owned()));
    owner
}

fn asking_for(vendor: bool, customer: bool) -> SessionResponse {
    let mut session = world::special_session();
    for one in session.integrations.iter_mut().flatten() {
        one.extra_configurations = Some(ExtraConfigurations {
            show_vendor_bank_account_steps: vendor,
            show_customer_bank_account_steps: customer,
        });
    }
    session
}

fn form(owner: &Traveller) -> FieldsScreen {
    match owner.content() {
        Content::WebServices(screen) => *screen,
        other => panic!("no form: {other:?}"),
    }
}

fn sent(owner: &Traveller) -> FormValues {
    match owner.request() {
        Request::ChooseAccount { web_services, account_id, .. } if account_id == world::ACCOUNT => {
            web_services.clone()
        }
        other => panic!("no choice: {other:?}"),
    }
}

#[test]
fn addresses_that_are_given_travel_with_the_choice() {
    let mut owner = choosing(world::special_session());
    assert!(owner.requests.is_empty(), "nothing is chosen yet");
    let given = [("vendorBankAccountList", "https://bc.example/ODataV4/a b".replace(' ', "%20"))];
    let given: Vec<_> = given.iter().map(|(name, value)| (*name, value.as_str())).collect();
    owner.press(UserEvent::Submit(world::credentials(&given)));
    assert_eq!(sent(&owner), world::credentials(&given), "only what was filled in");
    owner.answer(Ok(Answer::Taken)).answer_connections(vec![world::active(world::CENTRAL)]);
    assert_eq!(owner.told(), [told_authorized(world::CENTRAL)]);
}

#[test]
fn addresses_may_be_left_out() {
    let mut owner = choosing(world::special_session());
    owner.press(UserEvent::Submit(FormValues::default()));
    assert!(sent(&owner).0.is_empty());
    assert!(owner.guides.is_empty(), "nobody waits for the instructions any more");
}

#[test]
fn addresses_that_are_none_are_named() {
    for wrong in ["http://bc.example/x", "bc.example/x", "https://", "https://bc example.com", "no"] {
        let mut owner = choosing(world::special_session());
        owner.press(UserEvent::Submit(world::credentials(&[("customerBankAccountCard", wrong)])));
        assert_eq!(form(&owner).problems, [Field::CustomerCard], "{wrong}");
        assert!(owner.effects.contains(&Effect::FocusProblem));
        assert!(owner.requests.is_empty());
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
    let mut owner = choosing(world::special_session());
    owner.press(UserEvent::Back);
    assert_eq!(owner.place(), "Choosing");
}
