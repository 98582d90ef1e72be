//! How far a person is on the journey through the kinds of services: overview, accounting, banking, commerce, summary
//! (contract rules F1 and F4).
//!
//! Kept with the session. Which steps there are and what each of them lets a person do is in `steps.rs`.

use railz_connect_contract::{Connection, ConnectionId, ServiceKind};

use crate::service::SelectedService;

/// One step of the journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JourneyStep {
    /// Connections that need a person; before the first step proper, and only where there are such.
    Attention,
    /// What there is to connect.
    Overview,
    /// The services of one kind.
    Kind(ServiceKind),
    /// What was connected.
    Summary,
}

/// How far a person is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journey {
    /// Where a person is, or comes back to.
    pub step: JourneyStep,
    /// The kinds that were gone past.
    pub passed: Vec<ServiceKind>,
    /// What is typed into the search field.
    pub query: String,
    /// The connections made in this visit, in their order.
    pub completed: Vec<CompletedConnection>,
    /// The attempts of which nobody has heard how they ended, one a connection at most.
    pub unheard: Vec<UnheardAttempt>,
}

/// An attempt that may have made a connection without anybody hearing of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnheardAttempt {
    /// What was to be connected.
    pub service: Box<SelectedService>,
    /// The connection, where the server named it.
    pub connection_id: Option<ConnectionId>,
    /// Whether the person waits to be told how it ended, or went on to something else.
    pub awaited: bool,
}

/// A connection made or renewed in this visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletedConnection {
    /// What was connected.
    pub service: Box<SelectedService>,
    /// As the server described it when it settled the attempt.
    pub connection: Box<Connection>,
}

/// Where a step of the progress bar stands (contract rule F5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepState {
    /// The person is here.
    Current,
    /// There is a connection of this kind, or nothing to do.
    Success,
    /// Gone past without a connection.
    Skipped,
    /// Still to come.
    Pending,
}

impl Journey {
    pub(crate) fn new() -> Self {
        Self {
            step: JourneyStep::Overview,
            passed: Vec::new(),
            query: String::new(),
            completed: Vec::new(),
            unheard: Vec::new(),
        }
    }

    /// Whether an attempt at this service may have made a connection of which nobody has heard.
    pub(crate) fn has_unheard(&self, service: &SelectedService) -> bool {
        self.unheard.iter().any(|one| one.service.name == service.name)
    }

    /// Forgets the attempt at a service, where it may have been about this connection.
    pub(crate) fn forget_unheard(&mut self, service: &SelectedService, id: Option<&ConnectionId>) {
        self.unheard.retain(|one| {
            let is_another = one.connection_id.as_ref().zip(id).is_some_and(|(one, other)| one != other);
            is_another || one.service.name != service.name
        });
    }

    /// Adds a connection that was made. One that was renewed stands once, at its latest place.
    pub(crate) fn complete(&mut self, service: &SelectedService, connection: &Connection) {
        self.forget_unheard(service, Some(&connection.connection_id));
        self.completed.retain(|one| one.connection.connection_id != connection.connection_id);
        let (service, connection) = (Box::new(service.clone()), Box::new(connection.clone()));
        self.completed.push(CompletedConnection { service, connection });
    }
}

/// The kind as this widget knows it: one of a newer server counts as accounting, so that nothing is out of reach.
pub(crate) fn known_kind(kind: ServiceKind) -> ServiceKind {
    if kind == ServiceKind::Unknown { ServiceKind::Accounting } else { kind }
}
