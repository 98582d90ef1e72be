//! Services that ask something before their window can open.

use railz_connect_contract::ConnectionState;
use railz_connect_flow::Event;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{RequestError, UserEvent};
use railz_connect_flow::question::{AnswerError, Question};
use railz_connect_flow::screen::{Content, QuestionField};
use railz_connect_flow::session::SessionResponse;

use super::Story;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    the_answer_opens_the_window_and_travels,
    an_answer_that_cannot_be_one_is_asked_for_again,
    an_answer_that_the_server_refuses_is_asked_for_again,
    the_answer_is_kept_for_another_try,
    a_shop_whose_connection_is_gone_loads_the_list_again,
    a_service_that_asks_nothing_is_not_answered,
    half_an_hour_without_anybody_ends_the_question,
];

fn asked() -> TestWidget {
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::session_of_two_kinds());
    widget.press(UserEvent::Next).press(UserEvent::Next).pick(fixtures::SHOPIFY);
    widget
}

fn question(widget: &TestWidget) -> QuestionField {
    match widget.content() {
        Content::Before { question: Some(asked), .. } => asked,
        other => panic!("{other:?}"),
    }
}

fn answer(widget: &mut TestWidget, answer: &str) {
    widget.press(UserEvent::Submit(fixtures::answer_form(answer)));
}

#[test]
fn the_answer_opens_the_window_and_travels() {
    let mut widget = asked();
    assert_eq!(question(&widget).question, Question::Shop);
    widget.press(UserEvent::OpenWindow);
    assert_eq!(widget.screen_name(), "before", "the question is not passed by");
    answer(&mut widget, " https://Juniper-Bakery.myshopify.com/admin ");
    let Request::Address { answer, .. } = widget.request() else { panic!("{:?}", widget.request()) };
    assert_eq!(*answer, Some((Question::Shop, "juniper-bakery".to_owned())));
    assert_eq!(widget.windows.len(), 1, "the window opened in the press (invariant 1)");
}

#[test]
fn an_answer_that_cannot_be_one_is_asked_for_again() {
    let mut widget = asked();
    answer(&mut widget, "no shop!");
    let QuestionField { answer: kept, problem, .. } = question(&widget);
    assert_eq!((kept.as_str(), problem), ("no shop!", Some(AnswerError::Malformed)));
    assert!(widget.windows.is_empty() && widget.requests.is_empty());
}

#[test]
fn an_answer_that_the_server_refuses_is_asked_for_again() {
    let mut widget = asked();
    answer(&mut widget, "juniper-bakery");
    widget.refuse(400, "There is no such shop.");
    let QuestionField { answer, problem, .. } = question(&widget);
    assert_eq!(answer, "juniper-bakery");
    assert_eq!(problem, Some(AnswerError::Refused("There is no such shop.".to_owned())));
    assert!(widget.windows.is_empty(), "the window is closed again");
    assert!(widget.host_events().is_empty(), "nothing was attempted yet");
}

#[test]
fn the_answer_is_kept_for_another_try() {
    let mut widget = asked();
    answer(&mut widget, "juniper-bakery");
    widget.answer(Err(RequestError::Unreachable)).press(UserEvent::TryAgain);
    assert_eq!(question(&widget).answer, "juniper-bakery");
}

/// `connectionId "CON-1" is no connection of this business` stood under the field for the shop's name.
#[test]
fn a_shop_whose_connection_is_gone_loads_the_list_again() {
    let expired = fixtures::connection(fixtures::SHOPIFY, ConnectionState::Expired);
    let session =
        || SessionResponse { connections: Some(vec![expired.clone()]), ..fixtures::session_of_two_kinds() };
    for words in ["connectionId \"CON-1\" is no connection of this business", "There is no such shop."] {
        let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), session());
        widget.press(UserEvent::Renew(fixtures::connection_id()));
        answer(&mut widget, "juniper-bakery");
        widget.refuse(400, words);
        assert!(widget.windows.is_empty() && widget.host_events().is_empty(), "{words}");
        let asked_again = words == "There is no such shop.";
        assert_eq!(widget.name(), if asked_again { "BeforeSignIn" } else { "Loading" });
    }
    // A service that asks nothing showed those words as what had gone wrong.
    let expired = fixtures::connection(fixtures::XERO, ConnectionState::Expired);
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::session_with(vec![expired]));
    widget.press(UserEvent::Renew(fixtures::connection_id())).press(UserEvent::OpenWindow);
    widget.refuse(400, "connectionId \"CON-1\" is no connection of this business to this service");
    assert_eq!(widget.name(), "Loading");
}

#[test]
fn a_service_that_asks_nothing_is_not_answered() {
    let mut widget = TestWidget::in_the_picker(fixtures::plain());
    widget.pick(fixtures::QUICKBOOKS);
    answer(&mut widget, "juniper-bakery");
    assert_eq!((widget.screen_name(), widget.windows.len()), ("before", 0));
}

#[test]
fn half_an_hour_without_anybody_ends_the_question() {
    let mut widget = asked();
    widget.dispatch(Event::IdleTooLong).press(UserEvent::TryAgain);
    assert_eq!(widget.screen_name(), "loading");
}
