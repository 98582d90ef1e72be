//! The instructions of a service that needs some, which travel when they are needed. What is in them is the shell's concern;
//! here is how far they have come.

use crate::ticket::Ticket;

/// The instructions as far as they are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guide {
    /// On their way.
    Loading(Ticket),
    /// Loaded.
    Ready,
    /// They could not be had; the form can be used without them.
    Missing,
}

/// What came of the fetching.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GuideAnswer {
    /// They are here.
    Loaded,
    /// They could not be had.
    Missing,
}
