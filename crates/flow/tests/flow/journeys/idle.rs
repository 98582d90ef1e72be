//! Nobody has touched the page for half an hour.

use railz_connect_contract::{ConnectionState, ServiceKind};
use railz_connect_flow::{ErrorCode, Event, EventName, HostEvent, JourneyStep, UserEvent};

use super::Story;
use crate::support::{Traveller, world};

pub const STORIES: &[Story] =
    &[half_an_hour_without_anybody_is_told_and_survived, nobody_anywhere_is_told_and_survived];

fn two_kinds() -> Traveller {
    Traveller::in_the_picker_of(world::closable(), world::session_of_two_kinds())
}

#[test]
fn half_an_hour_without_anybody_is_told_and_survived() {
    let mut owner = two_kinds();
    owner.press(UserEvent::Next).told();
    owner.meet(Event::IdleTooLong);
    assert_eq!(owner.screen_name(), "idle");
    let told = owner.told();
    let [HostEvent::Error { event: EventName::Timeout, error, .. }] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert_eq!(error.code, ErrorCode::Timeout);
    owner.meet(Event::IdleTooLong);
    assert!(owner.told().is_empty(), "once");
    owner.press(UserEvent::TryAgain).answer_session(world::session_of_two_kinds());
    assert_eq!(owner.picker().kind, ServiceKind::Accounting, "at the step where the person was");
}

#[test]
fn nobody_anywhere_is_told_and_survived() {
    let lapsed = world::session_with(vec![world::connection(world::XERO, ConnectionState::Expired)]);
    let picker = || Traveller::in_the_picker(world::plain());
    let mut form = Traveller::in_the_picker_of(world::plain(), world::session_with_the_form());
    form.pick(world::SANDBOX);
    let mut before = picker();
    before.pick(world::QUICKBOOKS);
    let mut accounts = Traveller::signing_in(world::plain());
    accounts.news(world::with_choices(world::connection(world::QUICKBOOKS, ConnectionState::Pending)));
    let mut connected = Traveller::signing_in(world::plain());
    connected.news(world::active(world::QUICKBOOKS));
    let mut ended = Traveller::signing_in(world::plain());
    ended.news(world::denied(world::QUICKBOOKS));
    let mut summary = two_kinds();
    summary.press(UserEvent::GoTo(JourneyStep::Summary));
    let attention = Traveller::in_the_picker_of(world::plain(), lapsed);
    for mut owner in [attention, two_kinds(), picker(), form, before, accounts, connected, ended, summary] {
        owner.told();
        owner.meet(Event::IdleTooLong);
        assert_eq!((owner.screen_name(), owner.told().len()), ("idle", 1));
    }
    let mut signing_in = Traveller::signing_in(world::plain());
    signing_in.meet(Event::IdleTooLong);
    assert_eq!(signing_in.screen_name(), "waiting", "the person is busy in the other window");
}
