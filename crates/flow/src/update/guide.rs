//! The instructions: asked for where a screen has some, put where they belong when they come.

use std::sync::Arc;

use railz_connect_contract::ServiceName;

use super::turn::Turn;
use crate::state::AccountStep;
use crate::{Effect, Guide, GuideStep, Place, Ticket};

pub(super) fn load(turn: &mut Turn<'_>, service: &ServiceName) -> Guide {
    let ticket = turn.ticket();
    turn.effect(Effect::LoadGuide { ticket, service: service.clone() });
    Guide::Loading(ticket)
}

/// Nothing may come of instructions that nobody reads any more.
pub(super) fn leave(turn: &mut Turn<'_>, guide: &Guide) {
    if let Guide::Loading(ticket) = guide {
        turn.forget(*ticket);
    }
}

pub(super) fn arrived(mut place: Place, ticket: Ticket, steps: Option<Arc<Vec<GuideStep>>>) -> Place {
    if let Some((_, guide)) = of(&mut place)
        && *guide == Guide::Loading(ticket)
    {
        *guide = steps.map_or(Guide::Missing, Guide::Ready);
    }
    place
}

pub(super) fn try_again(turn: &mut Turn<'_>, mut place: Place) -> Place {
    if let Some((service, guide)) = of(&mut place)
        && *guide == Guide::Missing
    {
        *guide = load(turn, &service);
    }
    place
}

/// The instructions of a place, and the service they are about.
fn of(place: &mut Place) -> Option<(ServiceName, &mut Guide)> {
    match place {
        Place::Entering { chosen, entry, .. } => Some((chosen.name.clone(), &mut entry.guide)),
        Place::ChoosingAccount { chosen, step: AccountStep::Extra { guide, .. }, .. } => {
            Some((chosen.name.clone(), guide))
        }
        _ => None,
    }
}
