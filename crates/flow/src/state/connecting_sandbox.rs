//! The sandbox connects: a use case is posted instead of anybody signing in.

use railz_connect_contract::{ConnectionId, UseCase};

use crate::service::SelectedService;
use crate::ticket::Ticket;

/// From the submitted sandbox form to the connection's entry: three requests, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectingSandbox {
    /// The service that will be connected.
    pub service: Box<SelectedService>,
    /// How it is to end.
    pub use_case: UseCase,
    /// The request under way.
    pub step: SandboxStep,
}

/// Which request of the sandbox is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SandboxStep {
    /// `/services/url`
    Address(Ticket),
    /// The use case.
    Login {
        /// Ties the response to this step.
        request: Ticket,
        /// The connection, where the server named it.
        connection_id: Option<ConnectionId>,
    },
    /// `/widget/status`
    Status {
        /// Ties the response to this step.
        request: Ticket,
        /// The connection, where the server named it.
        connection_id: Option<ConnectionId>,
    },
}

impl SandboxStep {
    pub(crate) fn request(&self) -> Ticket {
        match self {
            Self::Address(request) | Self::Login { request, .. } | Self::Status { request, .. } => *request,
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Address(_) => "ConnectingSandbox(address)",
            Self::Login { .. } => "ConnectingSandbox(login)",
            Self::Status { .. } => "ConnectingSandbox(status)",
        }
    }
}
