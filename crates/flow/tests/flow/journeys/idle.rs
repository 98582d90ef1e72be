//! Nobody has touched the page for half an hour.

use railz_connect_contract::{ConnectionState, ServiceKind};
use railz_connect_flow::Event;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::host_event::{ErrorCode, EventName, HostEvent};
use railz_connect_flow::journey::JourneyStep;

use super::Story;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] =
    &[half_an_hour_without_anybody_is_told_and_survived, nobody_anywhere_is_told_and_survived];

fn two_kinds() -> TestWidget {
    TestWidget::in_the_picker_of(fixtures::closable(), fixtures::session_of_two_kinds())
}

#[test]
fn half_an_hour_without_anybody_is_told_and_survived() {
    let mut widget = two_kinds();
    widget.press(UserEvent::Next).host_events();
    widget.dispatch(Event::IdleTooLong);
    assert_eq!(widget.screen_name(), "idle");
    let told = widget.host_events();
    let [HostEvent::Error { event: EventName::Timeout, error, .. }] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert_eq!(error.code, ErrorCode::Timeout);
    widget.dispatch(Event::IdleTooLong);
    assert!(widget.host_events().is_empty(), "once");
    widget.press(UserEvent::TryAgain).answer_session(fixtures::session_of_two_kinds());
    assert_eq!(widget.picker().kind, ServiceKind::Accounting, "at the step where the person was");
}

#[test]
fn nobody_anywhere_is_told_and_survived() {
    let lapsed = fixtures::session_with(vec![fixtures::connection(fixtures::XERO, ConnectionState::Expired)]);
    let picker = || TestWidget::in_the_picker(fixtures::plain());
    let mut form = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::session_with_the_form());
    form.pick(fixtures::SANDBOX);
    let mut before = picker();
    before.pick(fixtures::QUICKBOOKS);
    let mut accounts = TestWidget::signing_in(fixtures::plain());
    accounts
        .news(fixtures::with_choices(fixtures::connection(fixtures::QUICKBOOKS, ConnectionState::Pending)));
    let mut connected = TestWidget::signing_in(fixtures::plain());
    connected.news(fixtures::active(fixtures::QUICKBOOKS));
    let mut ended = TestWidget::signing_in(fixtures::plain());
    ended.news(fixtures::denied(fixtures::QUICKBOOKS));
    let mut summary = two_kinds();
    summary.press(UserEvent::GoTo(JourneyStep::Summary));
    let attention = TestWidget::in_the_picker_of(fixtures::plain(), lapsed);
    for mut widget in [attention, two_kinds(), picker(), form, before, accounts, connected, ended, summary] {
        widget.host_events();
        widget.dispatch(Event::IdleTooLong);
        assert_eq!((widget.screen_name(), widget.host_events().len()), ("idle", 1));
    }
    let mut signing_in = TestWidget::signing_in(fixtures::plain());
    signing_in.dispatch(Event::IdleTooLong);
    assert_eq!(signing_in.screen_name(), "waiting", "the person is busy in the other window");
}
