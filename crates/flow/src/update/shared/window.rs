//! What becomes of the sign-in window, as far as a page can know.

use railz_connect_contract::ServiceName;

use super::turn::Turn;
use crate::effect::Effect;
use crate::funnel::FunnelEvent;
use crate::state::Window;
use crate::ticket::Ticket;

pub(in crate::update) fn block(
    turn: &mut Turn<'_>,
    window: &mut Window,
    ticket: Ticket,
    service: &ServiceName,
) {
    if *window == Window::Open(ticket) {
        turn.count(FunnelEvent::WindowBlocked(service.clone()));
        *window = Window::Blocked;
    }
}

pub(in crate::update) fn close(turn: &mut Turn<'_>, window: Window) {
    if let Window::Open(ticket) = window {
        turn.effect(Effect::CloseWindow(ticket));
    }
}
