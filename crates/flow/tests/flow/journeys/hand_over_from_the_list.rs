//! Handing over what the list of connections says: it was connected before, or nobody had heard of it.

use super::Story;
use super::hand_over::{done, fields};
use crate::support::{TestWidget, fixtures};
use railz_connect_contract::ConnectionState;
use railz_connect_flow::Event;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::{Done, Forward};

pub const STORIES: &[Story] = &[
    whoever_comes_back_to_one_kind_that_is_connected_can_go_on,
    without_a_success_page_or_a_connection_one_kind_leads_nowhere,
    what_a_list_tells_of_is_handed_over_as_if_it_had_been_waited_for,
    going_on_from_one_kind_leads_to_whatever_follows_a_success,
];

fn forward(widget: &TestWidget) -> Option<Forward> {
    widget.picker().forward
}

/// Back from the success page, after a POST that failed, or in a tab that the phone had discarded, there was no way on, and the
/// host never heard what is connected.
#[test]
fn whoever_comes_back_to_one_kind_that_is_connected_can_go_on() {
    let connected = || vec![fixtures::active(fixtures::QUICKBOOKS)];
    let mut anew = TestWidget::in_the_picker_of(fixtures::posting(), fixtures::session_with(connected()));
    let mut back = TestWidget::handing_over(fixtures::posting());
    back.dispatch(Event::PageRestored).answer_session(fixtures::session_with(connected()));
    for widget in [&mut anew, &mut back] {
        assert_eq!(forward(widget), Some(Forward::GoOn));
        widget.press(UserEvent::Next).sign();
        let [id, .., service, _] = &fields(widget)[..] else { panic!() };
        assert_eq!(
            [*id, *service],
            [("connectionId", fixtures::CONNECTION), ("serviceName", fixtures::QUICKBOOKS)]
        );
        assert_eq!(done(widget), Done::HandingOver);
        assert_eq!(widget.host_events(), [], "it is no new connection");
    }
}

#[test]
fn without_a_success_page_or_a_connection_one_kind_leads_nowhere() {
    let connected = fixtures::session_with(vec![fixtures::active(fixtures::QUICKBOOKS)]);
    let mut nowhere = TestWidget::in_the_picker_of(fixtures::plain(), connected);
    let mut nothing = TestWidget::in_the_picker(fixtures::posting());
    for widget in [&mut nowhere, &mut nothing] {
        assert_eq!(forward(widget), None);
        widget.press(UserEvent::Next);
        assert_eq!((widget.name(), widget.handed_over()), ("Choosing", None));
    }
}

#[test]
fn what_a_list_tells_of_is_handed_over_as_if_it_had_been_waited_for() {
    let lost = || Err(railz_connect_flow::event::RequestError::Unreachable);
    for config in [fixtures::posting(), fixtures::redirecting()] {
        let mut choosing = TestWidget::signing_in(config);
        let pending = fixtures::connection(fixtures::QUICKBOOKS, ConnectionState::Pending);
        choosing.news(fixtures::with_choices(pending));
        choosing.press(UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned()));
        while choosing.name() != "Loading" {
            choosing.answer(lost());
            if choosing.requests.is_empty() {
                choosing.rest_ends();
            }
        }
        choosing.answer_session(fixtures::session_with(vec![fixtures::active(fixtures::QUICKBOOKS)]));
        assert_eq!(choosing.screen_name(), "handingOver");
    }
}

#[test]
fn going_on_from_one_kind_leads_to_whatever_follows_a_success() {
    for config in [fixtures::posting(), fixtures::redirecting()] {
        let connected = fixtures::session_with(vec![fixtures::active(fixtures::QUICKBOOKS)]);
        let mut widget = TestWidget::in_the_picker_of(config, connected);
        widget.press(UserEvent::Next);
        assert_eq!(widget.screen_name(), "handingOver");
    }
}
