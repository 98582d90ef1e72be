//! The sign-in window, of which a page can know little.

use crate::ticket::Ticket;

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
