//! Which steps the journey has for this session and this host, and what each of them lets a person do: what may be skipped,
//! pressed and picked, what is full, what needs attention (contract rules F1, F4 and F5).

use railz_connect_contract::{
    Connection, ConnectionError, ConnectionId, ConnectionState, IntegrationUuid, ServiceKind,
};

use crate::config::{AfterSuccess, Config, Shown};
use crate::journey::{CompletedConnection, JourneyStep, StepState, known_kind};
use crate::service::SelectedService;
use crate::session::Session;

/// The kinds in their order.
const KINDS: [ServiceKind; 3] = [ServiceKind::Accounting, ServiceKind::Banking, ServiceKind::Commerce];

/// The kinds that have services.
pub(crate) fn kinds(session: &Session) -> Vec<ServiceKind> {
    let offered = |kind: &ServiceKind| session.services().any(|one| known_kind(one.service_kind) == *kind);
    KINDS.into_iter().filter(offered).collect()
}

/// The steps of the journey, first to last.
pub(crate) fn all(config: &Config, session: &Session) -> Vec<JourneyStep> {
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
    let steps = all(config, session);
    let Some(here) = steps.iter().position(|step| *step == session.journey.step) else {
        return forward.then(|| steps.first().copied()).flatten();
    };
    let there = if forward { Some(here + 1) } else { here.checked_sub(1) };
    there.and_then(|there| steps.get(there).copied())
}

/// The step before this one, where there is a way back.
pub(crate) fn previous(config: &Config, session: &Session) -> Option<JourneyStep> {
    beside(config, session, false).filter(|_| config.components.back)
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
    session.connections.iter().filter(move |one| known_kind(one.kind) == kind)
}

/// Whether no further service of this kind can be connected (contract rule F4).
pub(crate) fn is_full(session: &Session, kind: ServiceKind) -> bool {
    kind != ServiceKind::Banking && active(session, kind).count() >= most(session, kind)
}

fn most(session: &Session, kind: ServiceKind) -> usize {
    match kind {
        ServiceKind::Commerce => {
            session.services().filter(|one| known_kind(one.service_kind) == kind).count()
        }
        ServiceKind::Accounting | ServiceKind::Banking | ServiceKind::Unknown => 1,
    }
}

/// Whether one more fits beside the one that was just connected, which the session does not list yet.
fn has_room_after_this(session: &Session, kind: ServiceKind) -> bool {
    let completed = &session.journey.completed;
    let just_made = |id: &ConnectionId| completed.iter().any(|one| one.connection.connection_id == *id);
    let before = active(session, kind).filter(|one| !just_made(&one.connection_id)).count();
    let made = completed.iter().filter(|one| known_kind(one.connection.kind) == kind).count();
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
    let steps = all(config, session);
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
    let is_first = all(config, session).first() == Some(&step);
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

/// The service behind a tile of the picker, where a press on it picks it.
pub(crate) fn pick(session: &Session, uuid: &IntegrationUuid) -> Option<Box<SelectedService>> {
    let integration = session.services().find(|one| one.uuid == *uuid)?;
    let kind = known_kind(integration.service_kind);
    if session.journey.step != JourneyStep::Kind(kind) || is_full(session, kind) {
        return None;
    }
    Some(Box::new(SelectedService::of_integration(integration)))
}

/// The kind of a service that was selected.
pub(crate) fn kind_of(session: &Session, service: &SelectedService) -> ServiceKind {
    let listed = session.services().find(|one| Some(&one.uuid) == service.integration.as_ref());
    listed.map_or(ServiceKind::Accounting, |one| known_kind(one.service_kind))
}

/// The sandbox, where its other outcomes can be chosen in a form beside the one press.
pub(crate) fn sandbox_with_form(session: &Session) -> Option<Box<SelectedService>> {
    session.mock_providers().next().filter(|_| session.sandbox_one_press)?;
    let sandbox = session.services().find(|one| one.service.is_sandbox())?;
    pick(session, &sandbox.uuid)
}

/// Whether the step's screen lists connections that can be renewed.
pub(crate) fn lists_connections(session: &Session) -> bool {
    matches!(session.journey.step, JourneyStep::Attention | JourneyStep::Kind(_))
}

/// Whether a second connection of the kind just connected has room.
pub(crate) fn may_add_another(session: &Session) -> bool {
    match session.journey.step {
        JourneyStep::Kind(kind) => has_room_after_this(session, kind),
        JourneyStep::Attention | JourneyStep::Overview | JourneyStep::Summary => false,
    }
}

/// Whether the step can be left forwards: to the next one, or after the last one to the end.
pub(crate) fn leads_on(config: &Config, session: &Session) -> bool {
    let goes_on = beside(config, session, true).is_some()
        || (all(config, session).len() > 1 && can_finish(config, session))
        || hands_over(session);
    goes_on && may_pass(config, session)
}

/// Whether the one step there is leads to the success page with what is connected already: whoever came back from it, or
/// never got there, goes on.
pub(crate) fn leads_to_the_success_page(config: &Config, session: &Session) -> bool {
    all(config, session).len() == 1 && hands_over(session)
}

fn hands_over(session: &Session) -> bool {
    has_success_page(session) && last_completed(session).is_some()
}

/// Whether there is anything that the end of the journey could do.
pub(crate) fn can_finish(config: &Config, session: &Session) -> bool {
    config.closable() || hands_over(session)
}

/// Whether there is a page to hand over to.
pub(crate) fn has_success_page(session: &Session) -> bool {
    session.after_success != AfterSuccess::Stay
}

/// The connection made last in this visit, or else one that was there before.
pub(crate) fn last_completed(session: &Session) -> Option<CompletedConnection> {
    session.journey.completed.last().cloned().or_else(|| {
        let active = session.connections.iter().find(|one| one.state == ConnectionState::Active)?;
        let service = session.renew(&active.connection_id)?;
        Some(CompletedConnection { service, connection: Box::new(active.clone()) })
    })
}
