//! What a host may count: each thing once, when it happens, and nothing about a person.

use railz_connect_contract::{ConnectionState, ServiceName, UseCase};
use railz_connect_flow::{ErrorCode, Event, Funnel, Glance, UserEvent, outcome, update};

use crate::support::atlas::{self, Atlas};
use crate::support::{Traveller, ways, world};

fn quickbooks() -> ServiceName {
    ServiceName::new(world::QUICKBOOKS)
}

/// What is counted when this happens; the traveller goes on.
fn counted(owner: &mut Traveller, event: Event) -> Vec<Funnel> {
    let glance = Glance::before(&owner.state, &event);
    let seen = glance.after(&update(&owner.config, owner.state.clone(), event.clone()));
    owner.meet(event);
    seen
}

fn pressed(owner: &mut Traveller, press: UserEvent) -> Vec<Funnel> {
    counted(owner, Event::User(press))
}

/// The one request that is out is answered with this connection.
fn news(owner: &mut Traveller, connection: railz_connect_contract::Connection) -> Vec<Funnel> {
    let ticket = *owner.requests.keys().next().expect("a request is out");
    let result = Ok(railz_connect_flow::Answer::News(Some(Box::new(connection))));
    counted(owner, Event::Answered { ticket, result })
}

#[test]
fn a_sign_in_is_counted_step_by_step() {
    let mut owner = Traveller::start(world::closable());
    let ticket = *owner.requests.keys().next().unwrap();
    let session = railz_connect_flow::Answer::Session(Box::new(world::session()));
    assert_eq!(counted(&mut owner, Event::Answered { ticket, result: Ok(session) }), [Funnel::Opened]);
    let pick = UserEvent::Pick(world::integration_of(world::QUICKBOOKS));
    let selected = Funnel::ServiceSelected { service: quickbooks(), renewing: false };
    assert_eq!(pressed(&mut owner, pick), [selected]);
    assert_eq!(pressed(&mut owner, UserEvent::OpenWindow), [Funnel::SignInStarted(quickbooks())]);
    owner.answer_address(world::address());
    let window = owner.window();
    assert_eq!(counted(&mut owner, Event::WindowClosed(window)), [Funnel::WindowClosed(quickbooks())]);
    assert_eq!(counted(&mut owner, Event::WindowClosed(window)), [], "once");
    assert_eq!(pressed(&mut owner, UserEvent::OpenWindow), [Funnel::WindowReopened(quickbooks())]);
    let window = owner.window();
    assert_eq!(counted(&mut owner, Event::WindowBlocked(window)), [Funnel::WindowBlocked(quickbooks())]);
    let connected = Funnel::Outcome { service: quickbooks(), error: None };
    assert_eq!(news(&mut owner, world::active(world::QUICKBOOKS)), [connected]);
    assert_eq!(pressed(&mut owner, UserEvent::Close), [Funnel::Exited]);
}

#[test]
fn a_refusal_and_a_timeout_are_outcomes_with_their_code() {
    let mut owner = Traveller::signing_in(world::plain());
    let refused = Funnel::Outcome { service: quickbooks(), error: Some(ErrorCode::InsufficientPermission) };
    assert_eq!(news(&mut owner, world::denied(world::QUICKBOOKS)), [refused]);
    let words = [
        (None, "connected"),
        (Some(ErrorCode::DuplicateAccount), "duplicate"),
        (Some(ErrorCode::Timeout), "timeout"),
        (Some(ErrorCode::UnauthorizedCredentials), "refused"),
        (Some(ErrorCode::General), "failed"),
    ];
    for (error, word) in words {
        assert_eq!(outcome(error), word);
    }
}

#[test]
fn a_search_is_counted_by_its_length_when_it_ends_in_a_pick_or_the_list_is_left() {
    let searching = || {
        let mut owner = Traveller::in_the_picker(world::closable());
        assert_eq!(pressed(&mut owner, UserEvent::Search(" quíck ".to_owned())), []);
        owner
    };
    let search = Funnel::SearchUsed { length: 5 };
    let mut picking = searching();
    let pick = UserEvent::Pick(world::integration_of(world::QUICKBOOKS));
    let selected = Funnel::ServiceSelected { service: quickbooks(), renewing: false };
    assert_eq!(pressed(&mut picking, pick), [search.clone(), selected]);
    assert_eq!(pressed(&mut searching(), UserEvent::Close), [search, Funnel::Exited]);
}

#[test]
fn renewing_is_told_apart_from_connecting() {
    let expired = world::connection(world::QUICKBOOKS, ConnectionState::Expired);
    let id = expired.connection_id.clone();
    let mut owner = Traveller::in_the_picker_of(world::plain(), world::session_with(vec![expired]));
    let selected = Funnel::ServiceSelected { service: quickbooks(), renewing: true };
    assert_eq!(pressed(&mut owner, UserEvent::Renew(id)), [selected]);
}

#[test]
fn the_sandbox_begins_with_its_press() {
    let mut owner = Traveller::in_the_picker(world::plain());
    let sandbox = ServiceName::new(world::SANDBOX);
    let pick = UserEvent::Pick(world::integration_of(world::SANDBOX));
    let selected = Funnel::ServiceSelected { service: sandbox.clone(), renewing: false };
    assert_eq!(pressed(&mut owner, pick), [selected, Funnel::SignInStarted(sandbox)]);
    let mut form = Traveller::in_the_picker_of(world::plain(), world::session_with_the_form());
    form.press(UserEvent::Pick(world::integration_of(world::SANDBOX)));
    let values = world::sandbox_form(Some(UseCase::UserGood), Some(world::MOCK));
    let xero = Funnel::SignInStarted(ServiceName::new(world::XERO));
    assert_eq!(pressed(&mut form, UserEvent::Submit(values)), [xero]);
}

#[test]
fn linking_a_bank_begins_with_its_tile() {
    let mut owner = Traveller::in_the_picker_of(world::plain(), world::bank_session());
    let bank = ServiceName::new("plaid");
    let pick = UserEvent::Pick(world::integration_of("plaid"));
    let selected = Funnel::ServiceSelected { service: bank.clone(), renewing: false };
    assert_eq!(pressed(&mut owner, pick), [selected, Funnel::SignInStarted(bank)]);
}

#[test]
fn whatever_happens_nothing_about_a_person_is_counted() {
    for owner in atlas::all().iter().flat_map(Atlas::one_a_place) {
        for event in ways::onward(&owner) {
            let glance = Glance::before(&owner.state, &event);
            let said = format!("{:?}", glance.after(&update(&owner.config, owner.state.clone(), event)));
            for private in [world::TOKEN, "Harbour Bakery", "BIZ-1", world::CONNECTION, "Acme"] {
                assert!(!said.contains(private), "{said}");
            }
        }
    }
}
