//! What the root's screens show: services, connections, and what the summary says of each kind.

use railz_connect_contract::{ConnectionId, ConnectionState, IntegrationUuid, ServiceKind};

use super::service_label::ServiceLabel;

/// The list of services and connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picker {
    /// Who asks for the connection; may be empty.
    pub customer_name: String,
    /// Of which kind the services are.
    pub kind: ServiceKind,
    /// The business's connections.
    pub connections: Vec<ExistingConnection>,
    /// The services, those that are searched for.
    pub tiles: Vec<Tile>,
    /// The search field.
    pub search: Option<SearchField>,
    /// Whether the form with the other outcomes of the sandbox is offered.
    pub sandbox_form: bool,
    /// Whether no further service can be connected.
    pub full: bool,
    /// How the step is left without a press on a service.
    pub forward: Option<Forward>,
    /// Whether there is a way back.
    pub back: bool,
}

/// The search field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchField {
    /// What is searched for; empty if nothing is.
    pub query: String,
    /// How many services are found.
    pub found: usize,
}

/// How a step is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Forward {
    /// Without a connection of this kind.
    Skip,
    /// With at least one connection of this kind.
    Next,
    /// To the success page, with what is connected already.
    GoOn,
}

/// A kind in the summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryKind {
    /// Whose connections are summed up.
    pub kind: ServiceKind,
    /// What is connected.
    pub connected: Vec<ExistingConnection>,
    /// Whether a company of this kind turned out to be connected under another business.
    pub already_linked: bool,
}

/// What the end of the summary leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Finish {
    /// On to the host's page.
    GoOn,
    /// The widget closes.
    Done,
}

/// One service of the picker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// What a press picks.
    pub integration: IntegrationUuid,
    /// What the tile says.
    pub service: ServiceLabel,
    /// The state of the business's connection to it, if there is one.
    pub connected: Option<ConnectionState>,
    /// Whether a press picks it.
    pub open: bool,
}

/// A connection the business has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingConnection {
    /// What a press on "reconnect" renews.
    pub connection_id: ConnectionId,
    /// The service it goes to.
    pub service: ServiceLabel,
    /// Where it stands.
    pub state: ConnectionState,
    /// Whether it can be renewed here.
    pub renewable: bool,
    /// The connected company's or bank's name, where one is known.
    pub account_name: Option<String>,
    /// What it wants a person for.
    pub trouble: Option<Trouble>,
}

/// What a connection wants a person for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong.
    pub what: TroubleKind,
    /// Since when, or from when on; RFC 3339 in UTC.
    pub when: Option<String>,
}

/// What is wrong with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TroubleKind {
    /// The authorisation ran out.
    Expired,
    /// It was cut off.
    CutOff,
    /// The authorisation soon runs out.
    LapsesSoon,
}
