//! Services that ask something before their window can open.

use railz_connect_flow::{Asked, Content, Event, Problem, Question, Request, RequestError, UserEvent};

use super::Story;
use crate::support::{Traveller, world};

pub const STORIES: &[Story] = &[
    the_answer_opens_the_window_and_travels,
    an_answer_that_cannot_be_one_is_asked_for_again,
    an_answer_that_the_server_refuses_is_asked_for_again,
    the_answer_is_kept_for_another_try,
    a_service_that_asks_nothing_is_not_answered,
    half_an_hour_without_anybody_ends_the_question,
];

fn asked() -> Traveller {
    let mut owner = Traveller::in_the_picker_of(world::plain(), world::session_of_two_kinds());
    owner.press(UserEvent::Next).press(UserEvent::Next).pick(world::SHOPIFY);
    owner
}

fn question(owner: &Traveller) -> Asked {
    match owner.content() {
        Content::Before { question: Some(asked), .. } => asked,
        other => panic!("{other:?}"),
    }
}

fn answer(owner: &mut Traveller, answer: &str) {
    owner.press(UserEvent::Submit(world::answer_form(answer)));
}

#[test]
fn the_answer_opens_the_window_and_travels() {
    let mut owner = asked();
    assert_eq!(question(&owner).question, Question::Shop);
    owner.press(UserEvent::OpenWindow);
    assert_eq!(owner.screen_name(), "before", "the question is not passed by");
    answer(&mut owner, " https://Juniper-Bakery.myshopify.com/admin ");
    let Request::Address { answer, .. } = owner.request() else { panic!("{:?}", owner.request()) };
    assert_eq!(*answer, Some((Question::Shop, "juniper-bakery".to_owned())));
    assert_eq!(owner.windows.len(), 1, "the window opened in the press (invariant 1)");
}

#[test]
fn an_answer_that_cannot_be_one_is_asked_for_again() {
    let mut owner = asked();
    answer(&mut owner, "no shop!");
    let Asked { answer: kept, problem, .. } = question(&owner);
    assert_eq!((kept.as_str(), problem), ("no shop!", Some(Problem::Form)));
    assert!(owner.windows.is_empty() && owner.requests.is_empty());
}

#[test]
fn an_answer_that_the_server_refuses_is_asked_for_again() {
    let mut owner = asked();
    answer(&mut owner, "juniper-bakery");
    owner.refuse(400, "There is no such shop.");
    let Asked { answer, problem, .. } = question(&owner);
    assert_eq!(answer, "juniper-bakery");
    assert_eq!(problem, Some(Problem::Server("There is no such shop.".to_owned())));
    assert!(owner.windows.is_empty(), "the window is closed again");
    assert!(owner.told().is_empty(), "nothing was attempted yet");
}

#[test]
fn the_answer_is_kept_for_another_try() {
    let mut owner = asked();
    answer(&mut owner, "juniper-bakery");
    owner.answer(Err(RequestError::Unreachable)).press(UserEvent::TryAgain);
    assert_eq!(question(&owner).answer, "juniper-bakery");
}

#[test]
fn a_service_that_asks_nothing_is_not_answered() {
    let mut owner = Traveller::in_the_picker(world::plain());
    owner.pick(world::QUICKBOOKS);
    answer(&mut owner, "juniper-bakery");
    assert_eq!((owner.screen_name(), owner.windows.len()), ("before", 0));
}

#[test]
fn half_an_hour_without_anybody_ends_the_question() {
    let mut owner = asked();
    owner.meet(Event::IdleTooLong).press(UserEvent::TryAgain);
    assert_eq!(owner.screen_name(), "loading");
}
