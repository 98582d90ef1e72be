//! The network comes and goes, and somebody comes back to the page. What rests until its next try is tried at once: a timer of a
//! page that nobody sees is slow, and one of a machine that slept has not run at all.
//!
//! Without a network nothing is given up that may be tried again: `patience.rs`.

use super::shared::turn::Turn;
use super::{loading, patience};
use crate::event::{Event, Network};
use crate::state::{Lifecycle, Load};

/// Notes what the browser says; the stages hear of it too.
pub(super) fn receive(turn: &mut Turn<'_>, event: &Event) {
    if let Event::NetworkChanged(network) = event {
        turn.bearer.network = *network;
    }
    if is_awake(event) {
        patience::try_now(turn);
    }
}

/// Whether the server may be heard now though it could not be before.
pub(super) fn is_awake(event: &Event) -> bool {
    matches!(event, Event::PageSeen | Event::NetworkChanged(Network::Online))
}

/// What could not be loaded without a network is loaded now, as if the person had asked for it.
pub(super) fn load_again(turn: &mut Turn<'_>, lifecycle: &mut Lifecycle) {
    if let Lifecycle::LoadFailed { load } = lifecycle {
        let load = std::mem::replace(load, Load::First);
        *lifecycle = loading::try_again(turn, load);
    }
}
