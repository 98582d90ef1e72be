//! What samples are made of: services, connections and companies with names as they occur, short and long.

use railz_connect_contract::{AccountItem, ConnectionId, ConnectionState, IntegrationUuid, ServiceName};
use railz_connect_flow::{ExistingConnection, ServiceLabel, Tile};

/// Who asks for the connection.
pub const CUSTOMER: &str = "Acme Lending";

/// A service that the widget knows by its id.
pub fn service(id: &str) -> ServiceLabel {
    ServiceLabel { name: ServiceName::new(id), display_name: None, logo_url: None }
}

/// A service of the server's own, by the server's name for it.
pub fn named(id: &str, name: &str) -> ServiceLabel {
    ServiceLabel { display_name: Some(name.to_owned()), ..service(id) }
}

/// The service that most samples are about.
pub fn quickbooks() -> ServiceLabel {
    service("quickbooks")
}

/// A tile that can be pressed.
pub fn tile(service: ServiceLabel) -> Tile {
    let integration = IntegrationUuid::new(format!("INT-{}", service.name));
    Tile { integration, service, connected: None }
}

/// A tile of a service that is connected, or was.
pub fn tile_of(state: ConnectionState, service: ServiceLabel) -> Tile {
    Tile { connected: Some(state), ..tile(service) }
}

/// The services that a server of every service offers.
pub fn all_services() -> Vec<ServiceLabel> {
    let known = [
        "railzSandbox",
        "quickbooks",
        "xero",
        "freshbooks",
        "sageBusinessCloud",
        "sageIntacct",
        "zohoBooks",
        "wave",
        "myob",
        "oracleNetsuite",
        "quickbooksDesktop",
        "dynamicsBusinessCentral",
        "dynamics365Finance",
    ];
    known
        .into_iter()
        .map(service)
        .chain([named("harbourBooks", "Harbour Books for Independent Bakeries")])
        .collect()
}

/// A connection of the business.
pub fn connection(state: ConnectionState, service: ServiceLabel) -> ExistingConnection {
    let connection_id = ConnectionId::new(format!("CON-{}", service.name));
    ExistingConnection { connection_id, service, state, renewable: true }
}

/// A company to choose.
pub fn company(id: &str, label: &str) -> AccountItem {
    AccountItem { id: id.to_owned(), label: label.to_owned() }
}
