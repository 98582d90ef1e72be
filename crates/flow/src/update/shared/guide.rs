//! The instructions: fetched where a screen has some, kept when they come.

use railz_connect_contract::ServiceName;

use super::turn::Turn;
use crate::effect::Effect;
use crate::guide::{Guide, GuideAnswer};
use crate::ticket::Ticket;

pub(in crate::update) fn load(turn: &mut Turn<'_>, service: &ServiceName) -> Guide {
    let ticket = turn.ticket();
    turn.effect(Effect::LoadGuide { ticket, service: service.clone() });
    Guide::Loading(ticket)
}

/// Nothing may come of instructions that nobody reads any more.
pub(in crate::update) fn cancel(turn: &mut Turn<'_>, guide: Guide) {
    if let Guide::Loading(ticket) = guide {
        turn.cancel(ticket);
    }
}

pub(in crate::update) fn receive(guide: &mut Guide, ticket: Ticket, answer: GuideAnswer) {
    if *guide == Guide::Loading(ticket) {
        *guide = match answer {
            GuideAnswer::Loaded => Guide::Ready,
            GuideAnswer::Missing => Guide::Missing,
        };
    }
}

pub(in crate::update) fn try_again(turn: &mut Turn<'_>, service: &ServiceName, guide: &mut Guide) {
    if *guide == Guide::Missing {
        *guide = load(turn, service);
    }
}
