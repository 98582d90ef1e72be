//! How far a person is on the way through the kinds of services: overview, accounting, banking, commerce, summary
//! (sections 5.1 and 7.2 of the interface).
//!
//! The journey is kept with the session; what it offers follows from the session's services and the host's wishes.

use railz_connect_contract::{Connection, ConnectionError, ConnectionId, ConnectionState, ServiceKind};

use crate::config::Shown;
use crate::{Chosen, Config, Session};

/// One step of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JourneyStep {
    /// Connections that need a person; before the way proper, and only where there are such.
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
    /// What is searched for.
    pub query: String,
    /// The connections made in this visit, in their order.
    pub made: Vec<Made>,
}

/// A connection made or renewed in this visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The service.
    pub chosen: Box<Chosen>,
    /// The connection.
    pub connection: Box<Connection>,
}

/// Where a step of the progress bar stands (section 8.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepState {
    /// Here.
    Current,
    /// Done.
    Success,
    /// Gone past without a connection.
    Skipped,
    /// Still to come.
    Pending,
}

/// The kinds in their order.
const KINDS: [ServiceKind; 3] = [ServiceKind::Accounting, ServiceKind::Banking, ServiceKind::Commerce];

impl Journey {
    pub(crate) fn new() -> Self {
        Self { step: JourneyStep::Overview, passed: Vec::new(), query: String::new(), made: Vec::new() }
    }

    pub(crate) fn remember(&mut self, chosen: &Chosen, connection: &Connection) {
        self.made.retain(|made| made.connection.connection_id != connection.connection_id);
        self.made.push(Made { chosen: Box::new(chosen.clone()), connection: Box::new(connection.clone()) });
    }
}

/// A kind as it is sorted here: one of a newer server counts as accounting, so that nothing is out of reach.
pub(crate) fn sorted(kind: ServiceKind) -> ServiceKind {
    if kind == ServiceKind::Unknown { ServiceKind::Accounting } else { kind }
}

/// The kinds that have services.
pub(crate) fn kinds(session: &Session) -> Vec<ServiceKind> {
    let offered = |kind: &ServiceKind| session.services().any(|one| sorted(one.service_kind) == *kind);
    KINDS.into_iter().filter(offered).collect()
}

/// The steps of the way, first to last.
pub(crate) fn steps(config: &Config, session: &Session) -> Vec<JourneyStep> {
    let kinds = kinds(session);
    let shown = |shown| match shown {
        Shown::Always => true,
        Shown::Never => false,
        Shown::WhereUseful => kinds.len() > 1,
    };
    let overview = shown(config.components.overview).then_some(JourneyStep::Overview);
    let summary = shown(config.components.summary).then_some(JourneyStep::Summary);
    overview.into_iter().chain(kinds.iter().map(|kind| JourneyStep::Kind(*kind))).chain(summary).collect()
}

/// The step after this one, or the one before it.
pub(crate) fn beside(config: &Config, session: &Session, forward: bool) -> Option<JourneyStep> {
    let steps = steps(config, session);
    let Some(here) = steps.iter().position(|step| *step == session.journey.step) else {
        return forward.then(|| steps.first().copied()).flatten();
    };
    let there = if forward { Some(here + 1) } else { here.checked_sub(1) };
    there.and_then(|there| steps.get(there).copied())
}

/// Whether the business has an active connection of this kind.
pub(crate) fn has_active(session: &Session, kind: ServiceKind) -> bool {
    active(session, kind).next().is_some()
}

/// The active connections of a kind.
pub(crate) fn active(session: &Session, kind: ServiceKind) -> impl Iterator<Item = &Connection> {
    of_kind(session, kind).filter(|one| one.state == ConnectionState::Active)
}

/// The connections of a kind.
pub(crate) fn of_kind(session: &Session, kind: ServiceKind) -> impl Iterator<Item = &Connection> {
    session.connections.iter().filter(move |one| sorted(one.kind) == kind)
}

/// Whether no further service of this kind can be connected (section 7.2).
pub(crate) fn is_full(session: &Session, kind: ServiceKind) -> bool {
    kind != ServiceKind::Banking && active(session, kind).count() >= most(session, kind)
}

fn most(session: &Session, kind: ServiceKind) -> usize {
    match kind {
        ServiceKind::Commerce => session.services().filter(|one| sorted(one.service_kind) == kind).count(),
        ServiceKind::Accounting | ServiceKind::Banking | ServiceKind::Unknown => 1,
    }
}

/// Whether one more fits beside the one that was just connected, which the session does not list yet.
pub(crate) fn has_room_after_this(session: &Session, kind: ServiceKind) -> bool {
    let just_made =
        |id: &ConnectionId| session.journey.made.iter().any(|made| made.connection.connection_id == *id);
    let before = active(session, kind).filter(|one| !just_made(&one.connection_id)).count();
    let made = session.journey.made.iter().filter(|made| sorted(made.connection.kind) == kind).count();
    match kind {
        ServiceKind::Banking => true,
        _ => before + made < most(session, kind),
    }
}

/// Whether this kind must be connected before a person goes past it, and is not.
fn holds_up(config: &Config, session: &Session, kind: ServiceKind) -> bool {
    config.components.required.contains(&kind) && !has_active(session, kind)
}

/// Whether a person may go past the step where the journey is.
pub(crate) fn may_pass(config: &Config, session: &Session) -> bool {
    match session.journey.step {
        JourneyStep::Attention | JourneyStep::Overview => true,
        JourneyStep::Kind(kind) => !holds_up(config, session, kind),
        JourneyStep::Summary => false,
    }
}

/// Whether a press on this step of the progress bar leads there.
pub(crate) fn is_open(config: &Config, session: &Session, step: JourneyStep) -> bool {
    let steps = steps(config, session);
    config.components.navigable_progress_bar
        && session.journey.step != JourneyStep::Attention
        && step != session.journey.step
        && steps.contains(&step)
        && steps.iter().take_while(|one| **one != step).all(|one| match one {
            JourneyStep::Kind(kind) => !holds_up(config, session, *kind),
            JourneyStep::Attention | JourneyStep::Overview | JourneyStep::Summary => true,
        })
}

/// Where a step of the progress bar stands.
pub(crate) fn state(config: &Config, session: &Session, step: JourneyStep) -> StepState {
    let is_first = steps(config, session).first() == Some(&step);
    match step {
        _ if step == session.journey.step => StepState::Current,
        JourneyStep::Kind(kind) if has_active(session, kind) => StepState::Success,
        JourneyStep::Kind(kind) if session.journey.passed.contains(&kind) => StepState::Skipped,
        JourneyStep::Overview if is_first => StepState::Success,
        _ => StepState::Pending,
    }
}

/// Whether the success page is gone to as soon as something is connected, and not only after the last step.
pub(crate) fn ends_with_the_first_success(session: &Session) -> bool {
    kinds(session).iter().all(|kind| *kind == ServiceKind::Accounting)
}

/// The connections that want a person: what ran out, what was cut off, what soon runs out.
pub(crate) fn needing_attention(session: &Session) -> impl Iterator<Item = &Connection> {
    session.connections.iter().filter(|one| {
        let lapsed = matches!(
            one.state,
            ConnectionState::Expired | ConnectionState::Disconnected | ConnectionState::Inactive
        );
        let wanted = lapsed
            || one.error == Some(ConnectionError::ReauthorizationRequired)
            || (one.state == ConnectionState::Active && one.lapses_soon);
        wanted && !one.is_mock_data && session.renew(&one.connection_id).is_some()
    })
}
