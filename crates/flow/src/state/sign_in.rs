//! A sign-in elsewhere: its window as far as it can be known, how the server is listened to, and for how long.

use railz_connect_contract::{AttemptId, ConnectionId};

use crate::{Chosen, Ticket};

/// The sign-in window as far as it can be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Open and watched.
    Open(Ticket),
    /// Gone, or cut off from this page. Settles nothing (invariant 2).
    Closed,
    /// The browser did not open it; a link stands in for it.
    Blocked,
    /// The link was followed; such a window cannot be watched.
    Unwatched,
}

/// A sign-in under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// The service.
    pub chosen: Box<Chosen>,
    /// Where the window leads.
    pub url: String,
    /// The connection it makes or renews.
    pub connection_id: ConnectionId,
    /// The attempt, where the server named it.
    pub attempt_id: Option<AttemptId>,
    /// Names the window.
    pub window_name: Ticket,
    /// The window.
    pub window: Window,
    /// How the server is listened to.
    pub listening: Listening,
    /// Whether the waiting time is over.
    pub patience: Patience,
    /// The timer that ends the attempt's life on the server.
    pub life: Ticket,
}

/// How the server is listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listening {
    /// A request is held by the server.
    Polling {
        /// The request.
        request: Ticket,
        /// How many requests in a row have failed before it.
        failures: u32,
    },
    /// A short rest before the next request.
    Resting {
        /// The timer.
        timer: Ticket,
        /// How many requests in a row have failed.
        failures: u32,
    },
    /// The attempt's life on the server is over.
    Over,
}

/// Whether the waiting time is over. Its end ends the waiting, not the attempt (invariant 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Until this timer fires.
    Waiting(Ticket),
    /// Over; the host was told.
    Over,
}
