//! What belongs to credentials, banks and connectors, met where something else is under way; and what follows them.

use railz_connect_contract::ConnectionState;
use railz_connect_flow::{Answer, UserEvent};

use super::Story;
use crate::support::{Traveller, world};

pub const STORIES: &[Story] = &[
    their_answers_count_for_nothing_elsewhere,
    whoever_gave_up_a_sign_in_may_take_another_way,
    a_connector_is_handed_over_to_the_success_page,
];

fn answers() -> impl Iterator<Item = Answer> {
    let ours = ["Checked", "LinkToken", "Bank"];
    super::answers_of_each_kind().into_iter().filter(move |(name, _)| ours.contains(name)).map(|one| one.1)
}

#[test]
fn their_answers_count_for_nothing_elsewhere() {
    let loading = Traveller::start(world::plain());
    let mut at_the_address = Traveller::in_the_picker(world::plain());
    at_the_address.pick(world::QUICKBOOKS).press(UserEvent::OpenWindow);
    let mut sandbox = Traveller::in_the_picker(world::plain());
    sandbox.pick(world::SANDBOX);
    let mut login = sandbox.clone();
    login.answer_address(world::address());
    let mut status = login.clone();
    status.answer(Ok(Answer::Taken));
    let mut listing = Traveller::signing_in(world::plain());
    listing.news(world::connection(world::QUICKBOOKS, ConnectionState::Pending));
    let mut sending = listing.clone();
    sending.answer(Ok(Answer::Accounts(world::accounts())));
    sending.press(UserEvent::ChooseAccount(world::ACCOUNT.to_owned()));
    let mut confirming = sending.clone();
    confirming.answer(Ok(Answer::Taken));
    for owner in [loading, at_the_address, sandbox, login, status, listing, sending, confirming] {
        for answer in answers() {
            let mut owner = owner.clone();
            owner.answer(Ok(answer));
            assert!(["LoadFailed", "Ended"].contains(&owner.place()), "{}", owner.place());
        }
    }
    let waiting = Traveller::signing_in(world::plain());
    let late = Traveller::late(world::plain());
    let mut farewell = waiting.clone();
    farewell.press(UserEvent::Back);
    for owner in [waiting, late, farewell] {
        for answer in answers() {
            let mut owner = owner.clone();
            owner.answer(Ok(answer));
            assert!(owner.told().is_empty(), "nothing is settled");
        }
    }
}

fn given_up() -> Traveller {
    let mut owner = Traveller::in_the_picker_of(world::plain(), world::special_session());
    owner.pick(world::CENTRAL).press(UserEvent::OpenWindow).answer_address(world::address());
    owner.press(UserEvent::Back);
    owner
}

#[test]
fn whoever_gave_up_a_sign_in_may_take_another_way() {
    let mut owner = given_up();
    assert_eq!(owner.place(), "Choosing(farewell)");
    owner.pick(world::NETSUITE);
    assert_eq!(owner.place(), "Entering(beginning)");
    assert_eq!(owner.requests.len(), 1, "the farewell is forgotten");
}

#[test]
fn a_connector_is_handed_over_to_the_success_page() {
    let picker = || Traveller::in_the_picker_of(world::posting(), world::special_session());
    let mut owner = picker();
    owner.pick(world::DESKTOP).answer_address(world::connector_address());
    owner.answer_connections(vec![world::active(world::DESKTOP)]);
    assert_eq!(owner.place(), "Connected(handing over)");
}
