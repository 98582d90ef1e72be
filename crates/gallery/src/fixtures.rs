//! What samples are made of: services, connections and companies with names as they occur, short and long.

use practice_services::{PracticeService, of_kind};
use railz_connect_contract::{
    AccountItem, ConnectionId, ConnectionState, IntegrationUuid, ServiceKind, ServiceName,
};
use railz_connect_flow::journey::{JourneyStep, StepState};
use railz_connect_flow::screen::{
    ExistingConnection, ProgressStep, ServiceLabel, Tile, Trouble, TroubleKind,
};

/// Who asks for the connection.
pub const CUSTOMER: &str = "Acme Lending";

/// Whose connection it is.
pub const BUSINESS: &str = "Harbour Bakery";

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
    Tile { integration, service, connected: None, open: true }
}

/// A tile of a service that is connected, or was.
pub fn tile_of(state: ConnectionState, service: ServiceLabel) -> Tile {
    Tile { connected: Some(state), open: state != ConnectionState::Active, ..tile(service) }
}

/// What a server of every service offers for bookkeeping: the sandbox, what is built in, and what it brings by itself.
pub fn all_services() -> Vec<ServiceLabel> {
    let label = |known: &PracticeService| {
        if known.is_built_in() {
            service(known.id)
        } else {
            named(known.id, "Harbour Books for Independent Bakeries")
        }
    };
    [service("railzSandbox")].into_iter().chain(of_kind(ServiceKind::Accounting).map(label)).collect()
}

/// What it offers for sales.
pub fn commerce_services() -> Vec<ServiceLabel> {
    of_kind(ServiceKind::Commerce).map(|known| service(known.id)).collect()
}

/// A connection of the business.
pub fn connection(state: ConnectionState, service: ServiceLabel) -> ExistingConnection {
    let connection_id = ConnectionId::new(format!("CON-{}", service.name));
    let account_name = Some("Harbour Bakery Ltd".to_owned());
    ExistingConnection { connection_id, service, state, renewable: true, account_name, trouble: None }
}

/// A connection that wants a person.
pub fn troubled(what: TroubleKind, service: ServiceLabel) -> ExistingConnection {
    let state = match what {
        TroubleKind::Expired => ConnectionState::Expired,
        TroubleKind::CutOff => ConnectionState::Disconnected,
        TroubleKind::LapsesSoon => ConnectionState::Active,
    };
    let trouble = Some(Trouble { what, when: Some("2026-11-03T09:00:00Z".to_owned()) });
    ExistingConnection { trouble, ..connection(state, service) }
}

/// The progress bar where a person is at the last step but one; the step before was skipped.
pub fn progress() -> Vec<ProgressStep> {
    let step = |step, state, open| ProgressStep { step, state, open };
    vec![
        step(JourneyStep::Overview, StepState::Success, true),
        step(JourneyStep::Kind(ServiceKind::Accounting), StepState::Success, true),
        step(JourneyStep::Kind(ServiceKind::Banking), StepState::Skipped, true),
        step(JourneyStep::Kind(ServiceKind::Commerce), StepState::Current, false),
        step(JourneyStep::Summary, StepState::Pending, true),
    ]
}

/// A company to choose.
pub fn company(id: &str, label: &str) -> AccountItem {
    AccountItem { id: id.to_owned(), label: label.to_owned() }
}
