//! The last question before nobody listens any more: what became of the attempts that are unheard.

use crate::ticket::Ticket;

/// What the server is asked before the widget closes, or the page is left for the success page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastQuestion {
    /// The status, which says what is connected.
    Status(Ticket),
    /// The list that comes with the session, where the server refuses the status.
    List(Ticket),
}

impl LastQuestion {
    /// Brings the answer.
    pub fn request(self) -> Ticket {
        match self {
            Self::Status(request) | Self::List(request) => request,
        }
    }
}
