//! The way through the kinds of services: overview, services, summary; skipping, going back, and what attention comes
//! first.

use railz_connect_contract::{Connection, ConnectionError, ServiceKind};
use railz_connect_flow::Event;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::host_event::HostEvent;
use railz_connect_flow::journey::{JourneyStep, StepState};
use railz_connect_flow::screen::{Content, Done, Finish, Forward, Picker};

use super::Story;
use crate::support::{TestWidget, fixtures};

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

fn two_kinds() -> TestWidget {
    TestWidget::in_the_picker_of(fixtures::closable(), fixtures::session_of_two_kinds())
}

fn states(widget: &TestWidget) -> Vec<StepState> {
    widget.screen().progress.iter().map(|one| one.state).collect()
}

/// Connects the service that was picked.
fn connect(widget: &mut TestWidget, service: &str) {
    widget.pick(service);
    open(widget);
    widget.answer_address(fixtures::address()).news(fixtures::active(service));
}

fn open(widget: &mut TestWidget) {
    let press = match widget.content() {
        Content::Before { question: Some(_), .. } => {
            UserEvent::Submit(fixtures::answer_form("juniper-bakery"))
        }
        _ => UserEvent::OpenWindow,
    };
    widget.press(press);
}

#[test]
fn one_kind_begins_with_its_services_and_has_no_progress_bar() {
    let mut widget = TestWidget::in_the_picker(fixtures::plain());
    assert_eq!((widget.screen_name(), widget.screen().progress.len()), ("picker", 0));
    let Picker { kind, forward, back, .. } = widget.picker();
    assert_eq!((kind, forward, back), (ServiceKind::Accounting, None, false));
    for press in [UserEvent::Back, UserEvent::GoTo(JourneyStep::Overview), UserEvent::Finish] {
        widget.press(press);
        assert_eq!(widget.screen_name(), "picker");
    }
}

#[test]
fn several_kinds_begin_with_the_overview_and_end_with_the_summary() {
    let mut widget = two_kinds();
    let Content::Overview { kinds, .. } = widget.content() else { panic!("{:?}", widget.content()) };
    assert_eq!(kinds, [ServiceKind::Accounting, ServiceKind::Commerce]);
    assert_eq!(states(&widget)[..2], [StepState::Current, StepState::Pending]);
    widget.press(UserEvent::Next);
    let Picker { kind, tiles, forward, back, .. } = widget.picker();
    assert_eq!((kind, tiles.len(), forward, back), (ServiceKind::Accounting, 1, Some(Forward::Skip), true));
    widget.press(UserEvent::Next);
    assert_eq!(widget.picker().kind, ServiceKind::Commerce);
    widget.press(UserEvent::Next);
    assert_eq!(widget.screen_name(), "summary");
    widget.press(UserEvent::Next);
    assert_eq!(widget.screen_name(), "summary");
}

#[test]
fn a_skipped_kind_is_told_apart_from_a_connected_one() {
    let mut widget = two_kinds();
    widget.press(UserEvent::Next).press(UserEvent::Next);
    connect(&mut widget, fixtures::SHOPIFY);
    let shop = Connection { kind: ServiceKind::Commerce, ..fixtures::active(fixtures::SHOPIFY) };
    let linked = Connection {
        connection_id: railz_connect_contract::ConnectionId::new("CON-2"),
        ..fixtures::invalid(fixtures::QUICKBOOKS, ConnectionError::DuplicateAccount)
    };
    widget.press(UserEvent::Continue);
    widget.answer_session(railz_connect_flow::session::SessionResponse {
        connections: Some(vec![shop, linked]),
        ..fixtures::session_of_two_kinds()
    });
    let Content::Summary { kinds, finish, .. } = widget.content() else { panic!("{:?}", widget.content()) };
    assert_eq!(finish, Some(Finish::Done));
    assert_eq!((kinds[0].connected.len(), kinds[0].already_linked), (0, true));
    assert_eq!((kinds[1].connected.len(), kinds[1].already_linked), (1, false));
    let due = [StepState::Success, StepState::Skipped, StepState::Success, StepState::Current];
    assert_eq!(states(&widget), due);
}

#[test]
fn a_success_leads_on_to_the_next_kind() {
    let mut widget = two_kinds();
    widget.press(UserEvent::Next);
    connect(&mut widget, fixtures::QUICKBOOKS);
    assert!(matches!(widget.content(), Content::Connected { done: Done::Stay, another: false, .. }));
    widget.press(UserEvent::AddAnother);
    assert_eq!(widget.screen_name(), "connected", "one accounting service is connected at a time");
    widget.press(UserEvent::Continue).answer_session(fixtures::session_of_two_kinds());
    assert_eq!(widget.picker().kind, ServiceKind::Commerce);
}

#[test]
fn another_one_is_connected_where_there_is_room() {
    let mut session = fixtures::session_of_two_kinds();
    let mut square = session.integrations.as_ref().unwrap()[1].clone();
    square.uuid = railz_connect_contract::IntegrationUuid::new("INT-square");
    square.service = railz_connect_contract::ServiceName::new("square");
    session.integrations.as_mut().unwrap().push(square);
    let mut widget = TestWidget::in_the_picker_of(fixtures::closable(), session.clone());
    widget.press(UserEvent::Next).press(UserEvent::Next);
    connect(&mut widget, fixtures::SHOPIFY);
    assert!(matches!(widget.content(), Content::Connected { another: true, .. }));
    widget.press(UserEvent::AddAnother).answer_session(session);
    assert_eq!(widget.picker().kind, ServiceKind::Commerce);
}

#[test]
fn the_way_back_leads_to_the_step_before() {
    let mut widget = two_kinds();
    widget.press(UserEvent::Next).press(UserEvent::Next).press(UserEvent::Back);
    assert_eq!(widget.picker().kind, ServiceKind::Accounting);
    assert_eq!(states(&widget)[2], StepState::Pending, "it used to count as skipped");
    widget.press(UserEvent::Back);
    assert_eq!(widget.screen_name(), "overview");
    widget.press(UserEvent::Back);
    assert_eq!(widget.screen_name(), "overview");
}

#[test]
fn a_step_of_the_progress_bar_is_gone_to() {
    let mut widget = two_kinds();
    assert!(widget.screen().progress[3].open);
    widget.press(UserEvent::GoTo(JourneyStep::Summary));
    assert_eq!(widget.screen_name(), "summary");
    widget.press(UserEvent::GoTo(JourneyStep::Overview));
    assert_eq!(widget.screen_name(), "overview");
    widget.press(UserEvent::GoTo(JourneyStep::Overview)).press(UserEvent::GoTo(JourneyStep::Attention));
    assert_eq!(widget.screen_name(), "overview");
    for there in [JourneyStep::Overview, JourneyStep::Summary] {
        widget.press(UserEvent::GoTo(JourneyStep::Kind(ServiceKind::Accounting)));
        widget.press(UserEvent::GoTo(there));
        assert_eq!(widget.journey_step(), Some(there));
    }
    widget.press(UserEvent::Back);
    assert_eq!(widget.picker().kind, ServiceKind::Commerce);
    widget.press(UserEvent::GoTo(JourneyStep::Kind(ServiceKind::Accounting)));
    assert_eq!(widget.picker().kind, ServiceKind::Accounting);
    widget.press(UserEvent::GoTo(JourneyStep::Summary));
    widget.press(UserEvent::GoTo(JourneyStep::Kind(ServiceKind::Commerce)));
    assert_eq!(widget.picker().kind, ServiceKind::Commerce);
}

#[test]
fn the_journey_ends_with_the_close() {
    let mut widget = two_kinds();
    widget.press(UserEvent::GoTo(JourneyStep::Summary)).host_events();
    widget.press(UserEvent::Finish);
    assert_eq!(widget.host_events(), [HostEvent::Exit(fixtures::parties())]);
    assert!(widget.is_closed());
}

#[test]
fn the_success_page_follows_after_the_last_step() {
    let mut widget = TestWidget::in_the_picker_of(fixtures::posting(), fixtures::session_of_two_kinds());
    widget.press(UserEvent::Next);
    connect(&mut widget, fixtures::QUICKBOOKS);
    assert_eq!(widget.screen_name(), "connected", "the steps go on first");
    widget.press(UserEvent::Continue).answer_session(fixtures::session_of_two_kinds()).press(UserEvent::Next);
    assert_eq!(widget.screen_name(), "summary");
    widget.press(UserEvent::Finish);
    assert_eq!(widget.screen_name(), "handingOver");
    assert_eq!(widget.sign().handed_over().unwrap().fields[0].value, fixtures::CONNECTION);
}

#[test]
fn without_a_new_connection_the_success_page_gets_the_one_that_was_there() {
    let session = railz_connect_flow::session::SessionResponse {
        connections: Some(vec![fixtures::active(fixtures::QUICKBOOKS)]),
        ..fixtures::session_of_two_kinds()
    };
    let mut widget = TestWidget::in_the_picker_of(fixtures::posting(), session);
    widget.press(UserEvent::GoTo(JourneyStep::Summary)).press(UserEvent::Finish);
    assert_eq!(widget.screen_name(), "handingOver");
    let mut nobody = TestWidget::in_the_picker_of(fixtures::posting(), fixtures::session_of_two_kinds());
    nobody.press(UserEvent::GoTo(JourneyStep::Summary));
    let Content::Summary { finish, .. } = nobody.content() else { panic!("{:?}", nobody.content()) };
    assert_eq!(finish, None, "nothing is connected, so there is nothing to hand over");
}

#[test]
fn a_search_narrows_the_list() {
    let mut session = fixtures::session();
    let one = session.integrations.as_ref().unwrap()[1].clone();
    let more = (0..6).map(|number| railz_connect_contract::Integration {
        uuid: railz_connect_contract::IntegrationUuid::new(format!("INT-{number}")),
        display_name: Some(format!("Ledger {number}")),
        ..one.clone()
    });
    session.integrations.as_mut().unwrap().extend(more);
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), session);
    assert_eq!(widget.picker().search.map(|search| search.found), Some(10));
    widget.press(UserEvent::Search("LEDGER 3".to_owned()));
    assert_eq!(widget.picker().tiles.len(), 1);
    widget.pick(fixtures::XERO).press(UserEvent::Back);
    assert_eq!(widget.picker().search.unwrap().query, "LEDGER 3", "what was searched for is kept");
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
        .map(|press| (fixtures::QUICKBOOKS, press))
        .into_iter()
        .chain(presses().map(|press| (fixtures::SHOPIFY, press)))
    {
        let mut widget = two_kinds();
        widget.press(UserEvent::Next);
        if service == fixtures::SHOPIFY {
            widget.press(UserEvent::Next);
        }
        widget.pick(service);
        open(&mut widget);
        widget.answer_address(fixtures::address()).press(UserEvent::Back);
        assert_eq!(widget.name(), "Choosing(final poll)");
        widget.press(UserEvent::Search("q".to_owned()));
        assert_eq!(widget.name(), "Choosing(final poll)");
        widget.press(press);
        assert!(widget.requests.is_empty());
    }
}

#[test]
fn a_step_that_is_gone_gives_way_to_the_first() {
    let mut widget = two_kinds();
    widget.press(UserEvent::GoTo(JourneyStep::Summary)).dispatch(Event::IdleTooLong);
    widget.press(UserEvent::TryAgain).answer_session(fixtures::session());
    assert_eq!(widget.screen_name(), "picker");
}

#[test]
fn without_a_summary_the_last_step_leads_to_the_end() {
    let config = fixtures::closable_without_summary();
    let mut widget = TestWidget::in_the_picker_of(config, fixtures::session_of_two_kinds());
    widget.press(UserEvent::Next).press(UserEvent::Next);
    assert_eq!(widget.picker().forward, Some(Forward::Skip));
    widget.host_events();
    let mut leaving = widget.clone();
    widget.press(UserEvent::Next);
    assert_eq!(widget.host_events(), [HostEvent::Exit(fixtures::parties())]);

    // A sign-in that was left is asked about once more.
    leaving.pick(fixtures::SHOPIFY);
    open(&mut leaving);
    leaving.answer_address(fixtures::address()).press(UserEvent::Back);
    let mut asked = leaving.clone();
    leaving.press(UserEvent::Next);
    assert_eq!(leaving.name(), "Closing(asking)");
    while asked.name() == "Choosing(final poll)" {
        asked.answer(Err(railz_connect_flow::event::RequestError::Unreachable));
        if asked.requests.is_empty() && asked.name() == "Choosing(final poll)" {
            asked.rest_ends();
        }
    }
    asked.press(UserEvent::Next);
    assert_eq!(asked.name(), "Closing(asking)");
}
