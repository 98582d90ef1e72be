//! A page that is still there after the form was sent, and one that is come back to.

use super::Story;
use super::hand_over::done;
use crate::support::actions::error_of_attempt;
use crate::support::{TestWidget, fixtures};
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::host_event::{ErrorCode, ErrorText, EventName, HostEvent};
use railz_connect_flow::screen::Done;
use railz_connect_flow::{Effect, Event, HostOptions};

pub const STORIES: &[Story] = &[
    a_page_that_is_still_there_after_half_a_minute_is_told_and_offers_to_continue,
    a_page_that_forbids_the_form_is_told_at_once,
    continuing_by_hand_submits_the_same_form_again,
    only_the_timer_of_this_hand_over_counts,
    while_the_page_is_left_nothing_else_is_offered,
    coming_back_from_the_success_page_shows_what_is_connected_now,
];

fn stuck() -> HostEvent {
    error_of_attempt(EventName::Load, ErrorCode::General, ErrorText::HandOverStuck, None)
}

/// After five seconds a slow success page was told as an error, with a button that posted the connection twice.
#[test]
fn a_page_that_is_still_there_after_half_a_minute_is_told_and_offers_to_continue() {
    let mut widget = TestWidget::handing_over(fixtures::posting());
    widget.page_is_still_there();
    assert_eq!(widget.host_events(), [stuck()]);
    assert_eq!(done(&widget), Done::Stuck);
    assert!(widget.effects.contains(&Effect::FocusHeading));
}

#[test]
fn a_page_that_forbids_the_form_is_told_at_once() {
    let mut widget = TestWidget::handing_over(fixtures::posting());
    widget.dispatch(Event::HandOverRefused);
    assert_eq!(widget.host_events(), [stuck()]);
    assert_eq!(done(&widget), Done::Stuck);
    assert!(widget.timers.is_empty(), "the half minute is not waited for");
    widget.dispatch(Event::HandOverRefused);
    assert_eq!(widget.host_events(), [], "and it is told once");
}

#[test]
fn continuing_by_hand_submits_the_same_form_again() {
    let mut widget = TestWidget::handing_over(fixtures::posting());
    let first = widget.handed_over().cloned();
    widget.page_is_still_there().press(UserEvent::Continue).sign();
    assert_eq!(widget.handed_over().cloned(), first);
    assert_eq!(done(&widget), Done::HandingOver);
    widget.dispatch(Event::HandOverRefused);
    assert_eq!(done(&widget), Done::Stuck, "there is always a way to press again");
}

#[test]
fn only_the_timer_of_this_hand_over_counts() {
    let mut widget = TestWidget::handing_over(fixtures::posting());
    let first = *widget.timers.keys().next().unwrap();
    widget.dispatch(Event::HandOverRefused).press(UserEvent::Continue).sign().host_events.clear();
    widget.dispatch(Event::TimerFired(first));
    assert_eq!(done(&widget), Done::HandingOver);
    assert!(widget.effects.is_empty());
    widget.page_is_still_there();
    assert_eq!(done(&widget), Done::Stuck);
}

#[test]
fn while_the_page_is_left_nothing_else_is_offered() {
    let options =
        HostOptions { success_url: fixtures::address_option(fixtures::SUCCESS), ..fixtures::options() };
    let mut widget = TestWidget::handing_over(fixtures::config(&fixtures::closing(options)));
    assert!(!widget.screen().closable);
    for user in [UserEvent::Close, UserEvent::Continue, UserEvent::Back, UserEvent::TryAgain] {
        widget.press(user);
        assert_eq!(widget.name(), "Connected(handing over)");
        assert!(widget.effects.is_empty());
    }
    widget.page_is_still_there();
    assert!(widget.screen().closable, "a page that stays can be closed again");
}

/// The page came back from the browser's memory with its timer still running: five seconds later the host was told of a
/// failure that was none, and "continue" would have posted the connection again.
#[test]
fn coming_back_from_the_success_page_shows_what_is_connected_now() {
    let mut widget = TestWidget::handing_over(fixtures::posting());
    let told = widget.host_events.len();
    widget.dispatch(Event::PageRestored);
    assert_eq!(widget.name(), "Loading");
    assert!(widget.timers.is_empty(), "nothing waits for the page to be left any more");
    assert_eq!(widget.host_events.len(), told, "the host hears of nothing");

    // After the page had been still there for long it stayed at "continue", which posted once more.
    let mut late = TestWidget::handing_over(fixtures::posting());
    late.page_is_still_there().dispatch(Event::PageRestored);
    assert_eq!(late.name(), "Loading");
}
