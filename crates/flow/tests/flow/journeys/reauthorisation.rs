//! Reauthorising: an existing connection is renewed through the integration it was made with.

use railz_connect_contract::{
    BusinessUuid, Connection, ConnectionId, ConnectionState, IntegrationUuid, ServiceName,
};
use railz_connect_flow::{Content, Picker, Request, UserEvent};

use super::Story;
use crate::support::acts::told_authorized;
use crate::support::{Traveller, world};

pub const STORIES: &[Story] = &[
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
    UserEvent::Renew(world::connection_id())
}

fn with(connection: Connection) -> Traveller {
    Traveller::in_the_picker_of(world::plain(), world::session_with(vec![connection]))
}

fn renewable(owner: &Traveller) -> bool {
    let Picker { connections, .. } = owner.picker();
    connections[0].renewable
}

fn asked_integration(owner: &Traveller) -> Option<&IntegrationUuid> {
    match owner.request() {
        Request::Address { integration, .. } => integration.as_ref(),
        other => panic!("not the address: {other:?}"),
    }
}

#[test]
fn a_known_business_sees_its_connections() {
    let owner = with(world::active(world::XERO));
    let Picker { connections, tiles, .. } = owner.picker();
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
        let mut owner = with(world::connection(world::XERO, state));
        if owner.screen_name() == "attention" {
            owner.press(UserEvent::Next);
        }
        assert!(renewable(&owner));
        owner.press(renew());
        assert!(matches!(owner.content(), Content::Before { renewing: true, .. }), "{state:?}");
    }
}

#[test]
fn renewing_keeps_the_integration_and_the_connection_id() {
    let second = IntegrationUuid::new("INT-xero-second");
    let mut session = world::session_with(vec![Connection {
        integration_uuid: Some(second.clone()),
        ..world::active(world::XERO)
    }]);
    let mut integration = session.integrations.as_ref().unwrap()[2].clone();
    integration.uuid = second.clone();
    session.integrations.as_mut().unwrap().push(integration);

    let mut owner = Traveller::in_the_picker_of(world::plain(), session);
    owner.press(renew()).press(UserEvent::OpenWindow);
    assert_eq!(asked_integration(&owner), Some(&second), "not the first integration of the same service");
    owner.answer_address(world::address()).news(world::active(world::XERO));
    assert_eq!(owner.told(), [told_authorized(world::XERO)]);
}

#[test]
fn a_connection_whose_integration_is_gone_is_renewed_by_its_service() {
    for gone in [None, Some(IntegrationUuid::new("INT-gone"))] {
        let mut owner = with(Connection { integration_uuid: gone, ..world::active(world::XERO) });
        assert!(renewable(&owner));
        owner.press(renew()).press(UserEvent::OpenWindow);
        assert_eq!(asked_integration(&owner), Some(&world::integration_of(world::XERO)));
    }
}

#[test]
fn a_connection_to_a_service_that_is_gone_cannot_be_renewed() {
    let mut owner =
        with(Connection { name: ServiceName::new("myob"), integration_uuid: None, ..world::active("myob") });
    assert!(!renewable(&owner));
    owner.press(renew());
    assert_eq!(owner.screen_name(), "picker");
    owner.press(UserEvent::Renew(ConnectionId::new("CON-of-nobody")));
    assert_eq!(owner.screen_name(), "picker");
}

#[test]
fn a_mock_connection_is_not_renewed_through_the_real_service() {
    let mock = Connection { is_mock_data: true, integration_uuid: None, ..world::active(world::XERO) };
    let mut owner = with(mock);
    assert!(!renewable(&owner), "it wears the service's name only");
    let Picker { tiles, .. } = owner.picker();
    assert!(tiles.iter().all(|tile| tile.connected.is_none()), "and the service is not connected by it");
    owner.press(renew());
    assert_eq!(owner.screen_name(), "picker");
}

#[test]
fn picking_a_service_that_was_connected_renews_it() {
    let lapsed = world::connection(world::XERO, ConnectionState::Expired);
    let mut owner = with(Connection { integration_uuid: None, ..lapsed });
    owner.press(UserEvent::Next).pick(world::XERO);
    assert!(matches!(owner.content(), Content::Before { renewing: true, .. }));
    owner.press(UserEvent::Back).pick(world::QUICKBOOKS);
    assert!(matches!(owner.content(), Content::Before { renewing: false, .. }));
}

#[test]
fn one_accounting_service_is_connected_at_a_time() {
    let mut owner = with(world::active(world::XERO));
    let Picker { tiles, full, .. } = owner.picker();
    assert!(full && tiles.iter().all(|tile| !tile.open));
    for service in [world::XERO, world::QUICKBOOKS] {
        owner.pick(service);
        assert_eq!(owner.screen_name(), "picker");
    }
}

#[test]
fn a_refused_renewal_leads_back_to_the_list_with_the_connection_in_it() {
    let mut owner = with(world::active(world::XERO));
    owner.press(renew()).press(UserEvent::OpenWindow).answer_address(world::address());
    owner.news(world::denied(world::XERO)).press(UserEvent::Back);
    let Picker { connections, .. } = owner.picker();
    assert_eq!(connections[0].state, ConnectionState::Active, "the old credentials are untouched");
}

#[test]
fn renewing_is_offered_while_the_last_question_is_out() {
    let mut owner = with(world::active(world::XERO));
    owner.press(renew()).press(UserEvent::OpenWindow).answer_address(world::address()).press(UserEvent::Back);
    assert_eq!(owner.place(), "Choosing(farewell)");
    owner.press(UserEvent::Renew(ConnectionId::new("CON-of-nobody")));
    assert_eq!(owner.place(), "Choosing(farewell)");
    owner.press(renew());
    assert!(owner.requests.is_empty());
    assert_eq!(owner.screen_name(), "before");
}

#[test]
fn after_the_renewal_the_list_is_loaded_for_the_same_business_and_may_fail() {
    let mut owner = with(world::active(world::XERO));
    owner.press(renew()).press(UserEvent::OpenWindow).answer_address(world::address());
    owner
        .news(world::active(world::XERO))
        .press(UserEvent::Continue)
        .refuse(500, "Full")
        .press(UserEvent::TryAgain);
    let Request::Session { business_uuid, .. } = owner.request() else { panic!("{:?}", owner.request()) };
    assert_eq!(business_uuid, &Some(BusinessUuid::new("BIZ-1")), "the business is known by now");
    owner.refuse(403, "Not any more").press(UserEvent::TryAgain).told.clear();
    owner.answer_session(world::session());
    assert_eq!(owner.told(), [], "the load is told once");
}
