//! Numbers that tie an answer to the question it belongs to.
//!
//! One counter serves the whole session, so that an answer from an abandoned attempt can never match a new one.

/// The number of one request, timer or window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(u32);

/// Hands out tickets, none twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tickets {
    last: u32,
}

impl Tickets {
    pub(crate) fn next(&mut self) -> Ticket {
        self.last += 1;
        Ticket(self.last)
    }
}

impl Ticket {
    /// The number itself, for window names and logs.
    pub fn number(self) -> u32 {
        self.0
    }
}
