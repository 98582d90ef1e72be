//! The screens of the root: what needs attention, overview, services, summary; and the progress bar over them.

use railz_connect_contract::{Connection, ConnectionError, ConnectionState, Integration, ServiceKind};

use crate::config::{AfterSuccess, Config};
use crate::journey::{JourneyStep, known_kind};
use crate::screen::{
    Content, ExistingConnection, Finish, Forward, Picker, ProgressStep, SearchField, ServiceLabel,
    SummaryKind, Tile, Trouble, TroubleKind,
};
use crate::search::Query;
use crate::service::{ConnectMethod, SelectedService};
use crate::session::Session;
use crate::steps;

/// From how many services on a search field is worth its room.
const SEARCHABLE_FROM: usize = 7;

pub(super) fn progress(config: &Config, session: &Session) -> Vec<ProgressStep> {
    let all = steps::all(config, session);
    let shown =
        config.components.progress_bar && all.len() > 1 && session.journey.step != JourneyStep::Attention;
    let step = |step| ProgressStep {
        step,
        state: steps::state(config, session, step),
        open: steps::is_open(config, session, step),
    };
    if shown { all.into_iter().map(step).collect() } else { Vec::new() }
}

pub(super) fn content(config: &Config, session: &Session) -> Content {
    match session.journey.step {
        JourneyStep::Attention => Content::Attention {
            customer_name: session.customer_name.clone(),
            connections: steps::needing_attention(session).map(|one| existing(session, one)).collect(),
        },
        JourneyStep::Overview => {
            Content::Overview { customer_name: session.customer_name.clone(), kinds: steps::kinds(session) }
        }
        JourneyStep::Kind(kind) => Content::Picker(Box::new(picker(config, session, kind))),
        JourneyStep::Summary => summary(config, session),
    }
}

fn picker(config: &Config, session: &Session, kind: ServiceKind) -> Picker {
    let only_kind = steps::kinds(session).len() < 2;
    let services: Vec<_> = session.services().filter(|one| known_kind(one.service_kind) == kind).collect();
    let query = Query::new(&session.journey.query);
    let tiles: Vec<_> =
        services.iter().filter(|one| query.finds(one)).map(|one| tile(session, one)).collect();
    let searchable = config.components.search && services.len() >= SEARCHABLE_FROM;
    let search = searchable.then(|| SearchField { query: session.journey.query.clone(), found: tiles.len() });
    let forward = match (steps::leads_to_the_success_page(config, session), steps::has_active(session, kind))
    {
        (true, _) => Forward::GoOn,
        (false, true) => Forward::Next,
        (false, false) => Forward::Skip,
    };
    Picker {
        customer_name: session.customer_name.clone(),
        kind,
        connections: session
            .connections
            .iter()
            .filter(|one| only_kind || known_kind(one.kind) == kind)
            .map(|one| existing(session, one))
            .collect(),
        tiles,
        search,
        sandbox_form: steps::sandbox_with_form(session).is_some(),
        full: steps::is_full(session, kind),
        forward: Some(forward).filter(|_| steps::leads_on(config, session)),
        back: steps::previous(config, session).is_some(),
    }
}

fn summary(config: &Config, session: &Session) -> Content {
    let of = |kind| SummaryKind {
        kind,
        connected: steps::active(session, kind).map(|one| existing(session, one)).collect(),
        already_linked: steps::of_kind(session, kind)
            .any(|one| one.error == Some(ConnectionError::DuplicateAccount)),
    };
    let finish = if session.after_success == AfterSuccess::Stay { Finish::Done } else { Finish::GoOn };
    Content::Summary {
        kinds: steps::kinds(session).into_iter().map(of).collect(),
        finish: Some(finish).filter(|_| steps::can_finish(config, session)),
        back: steps::previous(config, session).is_some(),
    }
}

fn existing(session: &Session, connection: &Connection) -> ExistingConnection {
    let service = session.renew(&connection.connection_id);
    let bank = connection.institution.as_ref().map(|bank| bank.name.clone());
    ExistingConnection {
        connection_id: connection.connection_id.clone(),
        renewable: service.is_some(),
        service: service.as_ref().map_or_else(
            || ServiceLabel { name: connection.name.clone(), display_name: None, logo_url: None },
            |service| ServiceLabel::of(service),
        ),
        state: connection.state,
        account_name: connection.account_name.clone().or(bank),
        trouble: trouble(connection),
    }
}

fn trouble(connection: &Connection) -> Option<Trouble> {
    let since = || connection.state_since.clone();
    let (what, when) = match connection.state {
        ConnectionState::Expired => (TroubleKind::Expired, since().or_else(|| connection.expires_at.clone())),
        ConnectionState::Disconnected | ConnectionState::Inactive => (TroubleKind::CutOff, since()),
        _ if connection.error == Some(ConnectionError::ReauthorizationRequired) => {
            (TroubleKind::CutOff, since())
        }
        ConnectionState::Active if connection.lapses_soon => {
            (TroubleKind::LapsesSoon, connection.expires_at.clone())
        }
        _ => return None,
    };
    Some(Trouble { what, when })
}

pub(super) fn tile(session: &Session, integration: &Integration) -> Tile {
    let service = SelectedService::of_integration(integration);
    Tile {
        integration: integration.uuid.clone(),
        service: ServiceLabel::of(&service),
        // Another bank can always be linked.
        connected: session
            .connected(&service)
            .filter(|_| service.method() != ConnectMethod::Bank)
            .map(|connection| connection.state),
        open: !steps::is_full(session, known_kind(integration.service_kind)),
    }
}
