//! The window is open, or blocked, and does not know yet where to go.

use super::window::Window;
use crate::service::SelectedService;
use crate::ticket::Ticket;

/// The address that the window goes to is being asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwaitingAddress {
    /// What is to be connected, as it was selected.
    pub service: Box<SelectedService>,
    /// Names the window.
    pub window_name: Ticket,
    /// What became of the sign-in window.
    pub window: Window,
    /// The address request.
    pub request: Ticket,
}
