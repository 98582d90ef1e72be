//! What becomes of the sign-in window, as far as a page can know.

use super::turn::Turn;
use crate::effect::Effect;
use crate::state::Window;
use crate::ticket::Ticket;

pub(in crate::update) fn block(window: &mut Window, ticket: Ticket) {
    if *window == Window::Open(ticket) {
        *window = Window::Blocked;
    }
}

pub(in crate::update) fn close(turn: &mut Turn<'_>, window: Window) {
    if let Window::Open(ticket) = window {
        turn.effect(Effect::CloseWindow(ticket));
    }
}
