//! Reauthorising: an existing connection is renewed through the integration it was made with.

use railz_connect_contract::{
    BusinessUuid, Connection, ConnectionId, ConnectionState, IntegrationUuid, ServiceName,
};
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::{Content, Picker};
use railz_connect_flow::service::ConnectionTarget;

use super::Story;
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    a_renewal_names_the_connection_that_it_renews,
    a_known_business_sees_its_connections,
    a_connection_in_any_state_can_be_renewed,
    renewing_keeps_the_integration_and_the_connection_id,
    a_connection_whose_integration_is_gone_is_renewed_by_its_service,
    a_connection_to_a_service_that_is_gone_cannot_be_renewed,
    a_mock_connection_is_not_renewed_through_the_real_service,
    picking_a_service_that_was_connected_renews_it,
    one_accounting_service_is_connected_at_a_time,
    a_refused_renewal_leads_back_to_the_list_with_the_connection_in_it,
    renewing_is_offered_while_the_last_question_is_out,
    after_the_renewal_the_list_is_loaded_for_the_same_business_and_may_fail,
];

fn renew() -> UserEvent {
    UserEvent::Renew(fixtures::connection_id())
}

fn with(connection: Connection) -> TestWidget {
    TestWidget::in_the_picker_of(fixtures::plain(), fixtures::session_with(vec![connection]))
}

fn renewable(widget: &TestWidget) -> bool {
    let Picker { connections, .. } = widget.picker();
    connections[0].renewable
}

fn asked_integration(widget: &TestWidget) -> Option<&IntegrationUuid> {
    match widget.request() {
        Request::Address { integration, .. } => integration.as_ref(),
        other => panic!("not the address: {other:?}"),
    }
}

#[test]
fn a_renewal_names_the_connection_that_it_renews() {
    let mut widget = with(fixtures::active(fixtures::XERO));
    widget.press(renew()).press(UserEvent::OpenWindow);
    let this = ConnectionTarget::Existing(fixtures::connection_id());
    assert!(matches!(widget.request(), Request::Address { target, .. } if *target == this));
}

#[test]
fn a_known_business_sees_its_connections() {
    let widget = with(fixtures::active(fixtures::XERO));
    let Picker { connections, tiles, .. } = widget.picker();
    assert_eq!(connections.len(), 1);
    assert_eq!(connections[0].state, ConnectionState::Active);
    let states: Vec<_> = tiles.iter().map(|tile| tile.connected).collect();
    assert_eq!(states, [None, None, Some(ConnectionState::Active), None]);
}

#[test]
fn a_connection_in_any_state_can_be_renewed() {
    for state in [
        ConnectionState::Active,
        ConnectionState::Inactive,
        ConnectionState::Disconnected,
        ConnectionState::Pending,
        ConnectionState::Expired,
        ConnectionState::Invalid,
        ConnectionState::Unknown,
    ] {
        let mut widget = with(fixtures::connection(fixtures::XERO, state));
        if widget.screen_name() == "attention" {
            widget.press(UserEvent::Next);
        }
        assert!(renewable(&widget));
        widget.press(renew());
        assert!(matches!(widget.content(), Content::Before { renewing: true, .. }), "{state:?}");
    }
}

#[test]
fn renewing_keeps_the_integration_and_the_connection_id() {
    let second = IntegrationUuid::new("INT-xero-second");
    let mut session = fixtures::session_with(vec![Connection {
        integration_uuid: Some(second.clone()),
        ..fixtures::active(fixtures::XERO)
    }]);
    let mut integration = session.integrations.as_ref().unwrap()[2].clone();
    integration.uuid = second.clone();
    session.integrations.as_mut().unwrap().push(integration);

    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), session);
    widget.press(renew()).press(UserEvent::OpenWindow);
    assert_eq!(asked_integration(&widget), Some(&second), "not the first integration of the same service");
    widget.answer_address(fixtures::address()).news(fixtures::active(fixtures::XERO));
    assert_eq!(widget.host_events(), [authorized(fixtures::XERO)]);
}

#[test]
fn a_connection_whose_integration_is_gone_is_renewed_by_its_service() {
    for gone in [None, Some(IntegrationUuid::new("INT-gone"))] {
        let mut widget = with(Connection { integration_uuid: gone, ..fixtures::active(fixtures::XERO) });
        assert!(renewable(&widget));
        widget.press(renew()).press(UserEvent::OpenWindow);
        assert_eq!(asked_integration(&widget), Some(&fixtures::integration_of(fixtures::XERO)));
    }
}

#[test]
fn a_connection_to_a_service_that_is_gone_cannot_be_renewed() {
    let mut widget = with(Connection {
        name: ServiceName::new("myob"),
        integration_uuid: None,
        ..fixtures::active("myob")
    });
    assert!(!renewable(&widget));
    widget.press(renew());
    assert_eq!(widget.screen_name(), "picker");
    widget.press(UserEvent::Renew(ConnectionId::new("CON-of-nobody")));
    assert_eq!(widget.screen_name(), "picker");
}

#[test]
fn a_mock_connection_is_not_renewed_through_the_real_service() {
    let mock = Connection { is_mock_data: true, integration_uuid: None, ..fixtures::active(fixtures::XERO) };
    let mut widget = with(mock);
    assert!(!renewable(&widget), "it wears the service's name only");
    let Picker { tiles, .. } = widget.picker();
    assert!(tiles.iter().all(|tile| tile.connected.is_none()), "and the service is not connected by it");
    widget.press(renew());
    assert_eq!(widget.screen_name(), "picker");
}

#[test]
fn picking_a_service_that_was_connected_renews_it() {
    let lapsed = fixtures::connection(fixtures::XERO, ConnectionState::Expired);
    let mut widget = with(Connection { integration_uuid: None, ..lapsed });
    widget.press(UserEvent::Next).pick(fixtures::XERO);
    assert!(matches!(widget.content(), Content::Before { renewing: true, .. }));
    widget.press(UserEvent::Back).pick(fixtures::QUICKBOOKS);
    assert!(matches!(widget.content(), Content::Before { renewing: false, .. }));
}

#[test]
fn one_accounting_service_is_connected_at_a_time() {
    let mut widget = with(fixtures::active(fixtures::XERO));
    let Picker { tiles, full, .. } = widget.picker();
    assert!(full && tiles.iter().all(|tile| !tile.open));
    for service in [fixtures::XERO, fixtures::QUICKBOOKS] {
        widget.pick(service);
        assert_eq!(widget.screen_name(), "picker");
    }
}

#[test]
fn a_refused_renewal_leads_back_to_the_list_with_the_connection_in_it() {
    let mut widget = with(fixtures::active(fixtures::XERO));
    widget.press(renew()).press(UserEvent::OpenWindow).answer_address(fixtures::address());
    widget.news(fixtures::denied(fixtures::XERO)).press(UserEvent::Back);
    let Picker { connections, .. } = widget.picker();
    assert_eq!(connections[0].state, ConnectionState::Active, "the old credentials are untouched");
}

#[test]
fn renewing_is_offered_while_the_last_question_is_out() {
    let mut widget = with(fixtures::active(fixtures::XERO));
    widget
        .press(renew())
        .press(UserEvent::OpenWindow)
        .answer_address(fixtures::address())
        .press(UserEvent::Back);
    assert_eq!(widget.name(), "Choosing(final poll)");
    widget.press(UserEvent::Renew(ConnectionId::new("CON-of-nobody")));
    assert_eq!(widget.name(), "Choosing(final poll)");
    widget.press(renew());
    assert!(widget.requests.is_empty());
    assert_eq!(widget.screen_name(), "before");
}

#[test]
fn after_the_renewal_the_list_is_loaded_for_the_same_business_and_may_fail() {
    let mut widget = with(fixtures::active(fixtures::XERO));
    widget.press(renew()).press(UserEvent::OpenWindow).answer_address(fixtures::address());
    widget
        .news(fixtures::active(fixtures::XERO))
        .press(UserEvent::Continue)
        .refuse(500, "Full")
        .press(UserEvent::TryAgain);
    let Request::Session { business_uuid, .. } = widget.request() else { panic!("{:?}", widget.request()) };
    assert_eq!(business_uuid, &Some(BusinessUuid::new("BIZ-1")), "the business is known by now");
    widget.refuse(403, "Not any more").press(UserEvent::TryAgain).host_events.clear();
    widget.answer_session(fixtures::session());
    assert_eq!(widget.host_events(), [], "the load is told once");
}
