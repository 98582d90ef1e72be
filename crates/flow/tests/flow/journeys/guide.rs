//! Instructions travel when they are needed. A screen can be used without them.

use railz_connect_contract::ConnectionState;
use railz_connect_flow::{Answer, Checked, Content, Effect, Event, Guide, Ticket, UserEvent};

use super::Story;
use crate::support::{Traveller, world};

pub const STORIES: &[Story] = &[
    instructions_are_asked_for_once_and_shown_when_they_come,
    instructions_that_cannot_be_had_can_be_asked_for_again,
    instructions_of_a_screen_that_was_left_change_nothing,
    a_form_that_nobody_fills_in_is_put_away,
];

fn picked(service: &str) -> Traveller {
    let mut owner = Traveller::in_the_picker_of(world::plain(), world::special_session());
    owner.pick(service);
    owner
}

/// One traveller for each place that has instructions.
fn at_each_place() -> Vec<Traveller> {
    let beginning = picked(world::NETSUITE);
    let mut filling = beginning.clone();
    filling.answer_address(world::address());
    let mut checking = filling.clone();
    checking.press(UserEvent::Submit(world::right_credentials()));
    let mut confirming = checking.clone();
    confirming.answer(Ok(Answer::Checked(Checked::Right { connection_id: None, entities: Vec::new() })));
    let mut asking = picked(world::DESKTOP);
    asking.answer_address(world::connector_address());
    let mut resting = asking.clone();
    resting.answer_connections(Vec::new());
    let mut extra = picked(world::CENTRAL);
    extra.press(UserEvent::OpenWindow).answer_address(world::address());
    extra.news(world::with_choices(world::connection(world::CENTRAL, ConnectionState::Pending)));
    extra.press(UserEvent::ChooseAccount(world::ACCOUNT.to_owned()));
    vec![beginning, filling, checking, confirming, asking, resting, extra]
}

fn coming(owner: &Traveller) -> Ticket {
    *owner.guides.first().expect("instructions are on their way")
}

fn arrive(owner: &mut Traveller, steps: bool) {
    let ticket = coming(owner);
    owner.meet(Event::Guide { ticket, steps: steps.then(world::guide) });
}

fn guide(owner: &Traveller) -> Option<Guide> {
    match owner.content() {
        Content::Credentials(screen) | Content::WebServices(screen) => Some(screen.guide),
        Content::Connector(screen) => Some(screen.guide),
        _ => None,
    }
}

#[test]
fn instructions_are_asked_for_once_and_shown_when_they_come() {
    let owner = picked(world::NETSUITE);
    assert!(owner.effects.iter().any(|effect| matches!(effect, Effect::LoadGuide { service, .. }
        if service.as_str() == world::NETSUITE)));
    for mut owner in at_each_place() {
        let place = owner.place();
        arrive(&mut owner, true);
        assert_eq!(owner.place(), place);
        assert!(guide(&owner).is_none_or(|guide| guide == Guide::Ready(world::guide())));
        assert!(!owner.effects.contains(&Effect::FocusHeading), "the screen stays");
        owner.press(UserEvent::LoadGuide);
        assert!(owner.guides.is_empty(), "what is here is not asked for");
    }
}

#[test]
fn instructions_that_cannot_be_had_can_be_asked_for_again() {
    for mut owner in at_each_place() {
        arrive(&mut owner, false);
        assert!(guide(&owner).is_none_or(|guide| guide == Guide::Missing));
        owner.press(UserEvent::LoadGuide);
        arrive(&mut owner, true);
        assert!(guide(&owner).is_none_or(|guide| guide == Guide::Ready(world::guide())));
    }
}

#[test]
fn instructions_of_a_screen_that_was_left_change_nothing() {
    for mut owner in at_each_place() {
        let ticket = coming(&owner);
        owner.press(UserEvent::Back);
        if owner.guides.is_empty() {
            owner.meet(Event::Guide { ticket, steps: Some(world::guide()) });
            assert_eq!(owner.place(), "Choosing");
        }
    }
}

#[test]
fn a_form_that_nobody_fills_in_is_put_away() {
    for mut owner in at_each_place() {
        let before = owner.place();
        owner.meet(Event::IdleTooLong);
        if ["Entering", "ChoosingAccount(extra)"].contains(&before) {
            assert_eq!(owner.place(), "Idle");
        } else {
            assert_eq!(owner.place(), before, "something is under way");
        }
    }
}
