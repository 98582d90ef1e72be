//! Instructions travel when they are needed. A screen can be used without them.

use railz_connect_contract::ConnectionState;
use railz_connect_flow::event::{CredentialCheck, Response, UserEvent};
use railz_connect_flow::guide::{Guide, GuideAnswer};
use railz_connect_flow::screen::Content;
use railz_connect_flow::{Effect, Event, Ticket};

use super::Story;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    instructions_are_asked_for_once_and_shown_when_they_come,
    instructions_that_cannot_be_had_can_be_asked_for_again,
    a_form_that_can_be_drawn_now_changes_nothing_but_the_picture,
    instructions_of_a_screen_that_was_left_change_nothing,
    a_form_that_nobody_fills_in_is_put_away,
];

fn picked(service: &str) -> TestWidget {
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::credentials_session());
    widget.pick(service);
    widget
}

/// One widget for each place that has instructions.
fn at_each_place() -> Vec<TestWidget> {
    let beginning = picked(fixtures::NETSUITE);
    let mut filling = beginning.clone();
    filling.answer_address(fixtures::address());
    let mut checking = filling.clone();
    checking.press(UserEvent::Submit(fixtures::right_credentials()));
    let mut confirming = checking.clone();
    confirming.answer(Ok(Response::Credentials(CredentialCheck::Accepted {
        connection_id: None,
        entities: Vec::new(),
    })));
    let mut asking = picked(fixtures::DESKTOP);
    asking.answer_address(fixtures::connector_address());
    let mut resting = asking.clone();
    resting.answer_connections(Vec::new());
    let mut extra = picked(fixtures::CENTRAL);
    extra.press(UserEvent::OpenWindow).answer_address(fixtures::address());
    extra.news(fixtures::with_choices(fixtures::connection(fixtures::CENTRAL, ConnectionState::Pending)));
    extra.press(UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned()));
    vec![beginning, filling, checking, confirming, asking, resting, extra]
}

fn coming(widget: &TestWidget) -> Ticket {
    *widget.guides.first().expect("instructions are on their way")
}

fn arrive(widget: &mut TestWidget, answer: GuideAnswer) {
    let ticket = coming(widget);
    widget.dispatch(Event::Guide { ticket, answer });
}

fn guide(widget: &TestWidget) -> Option<Guide> {
    match widget.content() {
        Content::Credentials(screen) | Content::WebServices(screen) => Some(screen.guide),
        Content::Connector(screen) => Some(screen.guide),
        _ => None,
    }
}

#[test]
fn instructions_are_asked_for_once_and_shown_when_they_come() {
    let widget = picked(fixtures::NETSUITE);
    assert!(widget.effects.iter().any(|effect| matches!(effect, Effect::LoadGuide { service, .. }
        if service.as_str() == fixtures::NETSUITE)));
    for mut widget in at_each_place() {
        let place = widget.name();
        arrive(&mut widget, GuideAnswer::Loaded);
        assert_eq!(widget.name(), place);
        assert!(guide(&widget).is_none_or(|guide| guide == Guide::Ready));
        assert!(!widget.effects.contains(&Effect::FocusHeading), "the screen stays");
        widget.press(UserEvent::LoadGuide);
        assert!(widget.guides.is_empty(), "what is here is not asked for");
    }
}

#[test]
fn instructions_that_cannot_be_had_can_be_asked_for_again() {
    for mut widget in at_each_place() {
        arrive(&mut widget, GuideAnswer::Missing);
        assert!(guide(&widget).is_none_or(|guide| guide == Guide::Missing));
        widget.press(UserEvent::LoadGuide);
        arrive(&mut widget, GuideAnswer::Loaded);
        assert!(guide(&widget).is_none_or(|guide| guide == Guide::Ready));
    }
}

#[test]
fn a_form_that_can_be_drawn_now_changes_nothing_but_the_picture() {
    for mut widget in at_each_place() {
        let (place, content) = (widget.name(), widget.content());
        widget.dispatch(Event::FormLoaded);
        assert_eq!((widget.name(), widget.content()), (place, content));
        assert!(widget.effects.is_empty(), "{:?}", widget.effects);
    }
}

#[test]
fn instructions_of_a_screen_that_was_left_change_nothing() {
    for mut widget in at_each_place() {
        let ticket = coming(&widget);
        widget.press(UserEvent::Back);
        if widget.guides.is_empty() {
            widget.dispatch(Event::Guide { ticket, answer: GuideAnswer::Loaded });
            assert_eq!(widget.name(), "Choosing");
        }
    }
}

#[test]
fn a_form_that_nobody_fills_in_is_put_away() {
    for mut widget in at_each_place() {
        let before = widget.name();
        widget.dispatch(Event::IdleTooLong);
        if ["Entering", "ChoosingAccount(extra)"].contains(&before) {
            assert_eq!(widget.name(), "Idle");
        } else {
            assert_eq!(widget.name(), before, "something is under way");
        }
    }
}
