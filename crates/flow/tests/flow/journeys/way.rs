//! The way through the kinds of services: overview, services, summary; skipping, going back, and what attention comes
//! first.

use railz_connect_contract::{Connection, ConnectionError, ServiceKind};
use railz_connect_flow::{
    Content, Done, Event, Finish, Forward, HostEvent, JourneyStep, Picker, StepState, UserEvent,
};

use super::Story;
use crate::support::{Traveller, world};

pub const STORIES: &[Story] = &[
    one_kind_begins_with_its_services_and_has_no_progress_bar,
    several_kinds_begin_with_the_overview_and_end_with_the_summary,
    a_skipped_kind_is_told_apart_from_a_connected_one,
    a_success_leads_on_to_the_next_kind,
    another_one_is_connected_where_there_is_room,
    the_way_back_leads_to_the_step_before,
    a_step_of_the_progress_bar_is_gone_to,
    the_journey_ends_with_the_close,
    the_success_page_follows_after_the_last_step,
    without_a_new_connection_the_success_page_gets_the_one_that_was_there,
    a_search_narrows_the_list,
    going_on_takes_the_last_question_back,
    a_step_that_is_gone_gives_way_to_the_first,
    without_a_summary_the_last_step_leads_to_the_end,
];

fn two_kinds() -> Traveller {
    Traveller::in_the_picker_of(world::closable(), world::session_of_two_kinds())
}

fn states(owner: &Traveller) -> Vec<StepState> {
    owner.screen().progress.iter().map(|one| one.state).collect()
}

/// Connects the service that was picked.
fn connect(owner: &mut Traveller, service: &str) {
    owner.pick(service);
    open(owner);
    owner.answer_address(world::address()).news(world::active(service));
}

fn open(owner: &mut Traveller) {
    let press = match owner.content() {
        Content::Before { question: Some(_), .. } => UserEvent::Submit(world::answer_form("juniper-bakery")),
        _ => UserEvent::OpenWindow,
    };
    owner.press(press);
}

#[test]
fn one_kind_begins_with_its_services_and_has_no_progress_bar() {
    let mut owner = Traveller::in_the_picker(world::plain());
    assert_eq!((owner.screen_name(), owner.screen().progress.len()), ("picker", 0));
    let Picker { kind, forward, back, .. } = owner.picker();
    assert_eq!((kind, forward, back), (ServiceKind::Accounting, None, false));
    for press in [UserEvent::Back, UserEvent::GoTo(JourneyStep::Overview), UserEvent::Finish] {
        owner.press(press);
        assert_eq!(owner.screen_name(), "picker");
    }
}

#[test]
fn several_kinds_begin_with_the_overview_and_end_with_the_summary() {
    let mut owner = two_kinds();
    let Content::Overview { kinds, .. } = owner.content() else { panic!("{:?}", owner.content()) };
    assert_eq!(kinds, [ServiceKind::Accounting, ServiceKind::Commerce]);
    assert_eq!(states(&owner)[..2], [StepState::Current, StepState::Pending]);
    owner.press(UserEvent::Next);
    let Picker { kind, tiles, forward, back, .. } = owner.picker();
    assert_eq!((kind, tiles.len(), forward, back), (ServiceKind::Accounting, 1, Some(Forward::Skip), true));
    owner.press(UserEvent::Next);
    assert_eq!(owner.picker().kind, ServiceKind::Commerce);
    owner.press(UserEvent::Next);
    assert_eq!(owner.screen_name(), "summary");
    owner.press(UserEvent::Next);
    assert_eq!(owner.screen_name(), "summary");
}

#[test]
fn a_skipped_kind_is_told_apart_from_a_connected_one() {
    let mut owner = two_kinds();
    owner.press(UserEvent::Next).press(UserEvent::Next);
    connect(&mut owner, world::SHOPIFY);
    let shop = Connection { kind: ServiceKind::Commerce, ..world::active(world::SHOPIFY) };
    let linked = Connection {
        connection_id: railz_connect_contract::ConnectionId::new("CON-2"),
        ..world::invalid(world::QUICKBOOKS, ConnectionError::DuplicateAccount)
    };
    owner.press(UserEvent::Continue);
    owner.answer_session(railz_connect_flow::SessionResponse {
        connections: Some(vec![shop, linked]),
        ..world::session_of_two_kinds()
    });
    let Content::Summary { kinds, finish, .. } = owner.content() else { panic!("{:?}", owner.content()) };
    assert_eq!(finish, Some(Finish::Done));
    assert_eq!((kinds[0].connected.len(), kinds[0].already_linked), (0, true));
    assert_eq!((kinds[1].connected.len(), kinds[1].already_linked), (1, false));
    let due = [StepState::Success, StepState::Skipped, StepState::Success, StepState::Current];
    assert_eq!(states(&owner), due);
}

#[test]
fn a_success_leads_on_to_the_next_kind() {
    let mut owner = two_kinds();
    owner.press(UserEvent::Next);
    connect(&mut owner, world::QUICKBOOKS);
    assert!(matches!(owner.content(), Content::Connected { done: Done::Stay, another: false, .. }));
    owner.press(UserEvent::AddAnother);
    assert_eq!(owner.screen_name(), "connected", "one accounting service is connected at a time");
    owner.press(UserEvent::Continue).answer_session(world::session_of_two_kinds());
    assert_eq!(owner.picker().kind, ServiceKind::Commerce);
}

#[test]
fn another_one_is_connected_where_there_is_room() {
    let mut session = world::session_of_two_kinds();
    let mut square = session.integrations.as_ref().unwrap()[1].clone();
    square.uuid = railz_connect_contract::IntegrationUuid::new("INT-square");
    square.service = railz_connect_contract::ServiceName::new("square");
    session.integrations.as_mut().unwrap().push(square);
    let mut owner = Traveller::in_the_picker_of(world::closable(), session.clone());
    owner.press(UserEvent::Next).press(UserEvent::Next);
    connect(&mut owner, world::SHOPIFY);
    assert!(matches!(owner.content(), Content::Connected { another: true, .. }));
    owner.press(UserEvent::AddAnother).answer_session(session);
    assert_eq!(owner.picker().kind, ServiceKind::Commerce);
}

#[test]
fn the_way_back_leads_to_the_step_before() {
    let mut owner = two_kinds();
    owner.press(UserEvent::Next).press(UserEvent::Next).press(UserEvent::Back);
    assert_eq!(owner.picker().kind, ServiceKind::Accounting);
    assert_eq!(states(&owner)[2], StepState::Pending, "it used to count as skipped");
    owner.press(UserEvent::Back);
    assert_eq!(owner.screen_name(), "overview");
    owner.press(UserEvent::Back);
    assert_eq!(owner.screen_name(), "overview");
}

#[test]
fn a_step_of_the_progress_bar_is_gone_to() {
    let mut owner = two_kinds();
    assert!(owner.screen().progress[3].open);
    owner.press(UserEvent::GoTo(JourneyStep::Summary));
    assert_eq!(owner.screen_name(), "summary");
    owner.press(UserEvent::GoTo(JourneyStep::Overview));
    assert_eq!(owner.screen_name(), "overview");
    owner.press(UserEvent::GoTo(JourneyStep::Overview)).press(UserEvent::GoTo(JourneyStep::Attention));
    assert_eq!(owner.screen_name(), "overview");
    for there in [JourneyStep::Overview, JourneyStep::Summary] {
        owner.press(UserEvent::GoTo(JourneyStep::Kind(ServiceKind::Accounting)));
        owner.press(UserEvent::GoTo(there));
        assert_eq!(owner.step_of_the_way(), Some(there));
    }
    owner.press(UserEvent::Back);
    assert_eq!(owner.picker().kind, ServiceKind::Commerce);
}

#[test]
fn the_journey_ends_with_the_close() {
    let mut owner = two_kinds();
    owner.press(UserEvent::GoTo(JourneyStep::Summary)).told();
    owner.press(UserEvent::Finish);
    assert_eq!(owner.told(), [HostEvent::Exit(world::parties())]);
    assert!(owner.has_left());
}

#[test]
fn the_success_page_follows_after_the_last_step() {
    let mut owner = Traveller::in_the_picker_of(world::posting(), world::session_of_two_kinds());
    owner.press(UserEvent::Next);
    connect(&mut owner, world::QUICKBOOKS);
    assert_eq!(owner.screen_name(), "connected", "the steps go on first");
    owner.press(UserEvent::Continue).answer_session(world::session_of_two_kinds()).press(UserEvent::Next);
    assert_eq!(owner.screen_name(), "summary");
    owner.press(UserEvent::Finish);
    assert_eq!(owner.screen_name(), "handingOver");
}

#[test]
fn without_a_new_connection_the_success_page_gets_the_one_that_was_there() {
    let session = railz_connect_flow::SessionResponse {
        connections: Some(vec![world::active(world::QUICKBOOKS)]),
        ..world::session_of_two_kinds()
    };
    let mut owner = Traveller::in_the_picker_of(world::posting(), session);
    owner.press(UserEvent::GoTo(JourneyStep::Summary)).press(UserEvent::Finish);
    assert_eq!(owner.screen_name(), "handingOver");
    let mut nobody = Traveller::in_the_picker_of(world::posting(), world::session_of_two_kinds());
    nobody.press(UserEvent::GoTo(JourneyStep::Summary));
    let Content::Summary { finish, .. } = nobody.content() else { panic!("{:?}", nobody.content()) };
    assert_eq!(finish, None, "nothing is connected, so there is nothing to hand over");
}

#[test]
fn a_search_narrows_the_list() {
    let mut session = world::session();
    let one = session.integrations.as_ref().unwrap()[1].clone();
    let more = (0..6).map(|number| railz_connect_contract::Integration {
        uuid: railz_connect_contract::IntegrationUuid::new(format!("INT-{number}")),
        display_name: Some(format!("Ledger {number}")),
        ..one.clone()
    });
    session.integrations.as_mut().unwrap().extend(more);
    let mut owner = Traveller::in_the_picker_of(world::plain(), session);
    assert_eq!(owner.picker().search.map(|search| search.found), Some(10));
    owner.press(UserEvent::Search("LEDGER 3".to_owned()));
    assert_eq!(owner.picker().tiles.len(), 1);
    owner.pick(world::XERO).press(UserEvent::Back);
    assert_eq!(owner.picker().search.unwrap().query, "LEDGER 3", "what was searched for is kept");
}

#[test]
fn going_on_takes_the_last_question_back() {
    let presses = || {
        [
            UserEvent::Next,
            UserEvent::Back,
            UserEvent::GoTo(JourneyStep::Summary),
            UserEvent::GoTo(JourneyStep::Overview),
        ]
    };
    for (service, press) in presses()
        .map(|press| (world::QUICKBOOKS, press))
        .into_iter()
        .chain(presses().map(|press| (world::SHOPIFY, press)))
    {
        let mut owner = two_kinds();
        owner.press(UserEvent::Next);
        if service == world::SHOPIFY {
            owner.press(UserEvent::Next);
        }
        owner.pick(service);
        open(&mut owner);
        owner.answer_address(world::address()).press(UserEvent::Back);
        assert_eq!(owner.place(), "Choosing(farewell)");
        owner.press(UserEvent::Search("q".to_owned()));
        assert_eq!(owner.place(), "Choosing(farewell)");
        owner.press(press);
        assert!(owner.requests.is_empty());
    }
}

#[test]
fn a_step_that_is_gone_gives_way_to_the_first() {
    let mut owner = two_kinds();
    owner.press(UserEvent::GoTo(JourneyStep::Summary)).meet(Event::IdleTooLong);
    owner.press(UserEvent::TryAgain).answer_session(world::session());
    assert_eq!(owner.screen_name(), "picker");
}

#[test]
fn without_a_summary_the_last_step_leads_to_the_end() {
    let config = world::closable_without_summary();
    let mut owner = Traveller::in_the_picker_of(config, world::session_of_two_kinds());
    owner.press(UserEvent::Next).press(UserEvent::Next);
    assert_eq!(owner.picker().forward, Some(Forward::Skip));
    owner.told();
    owner.press(UserEvent::Next);
    assert_eq!(owner.told(), [HostEvent::Exit(world::parties())]);
}
