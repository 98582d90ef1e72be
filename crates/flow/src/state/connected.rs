//! A connection was made or renewed; the host's success page may follow.

use railz_connect_contract::Connection;

use super::last_question::LastQuestion;
use crate::service::SelectedService;
use crate::ticket::Ticket;

/// A connection was made or renewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connected {
    /// What was connected.
    pub service: Box<SelectedService>,
    /// As the server described it when it settled the attempt.
    pub connection: Box<Connection>,
    /// How far the hand-over to the success page is.
    pub handing_over: HandingOver,
}

/// How far the hand-over to the success page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandingOver {
    /// There is nothing to hand over to; the success screen stays.
    NotNeeded,
    /// The server is asked what became of the attempts that are unheard: nobody listens once the page is left.
    Asking {
        /// What it is asked.
        question: LastQuestion,
        /// Fires when the page waits no longer for the answer.
        timer: Ticket,
    },
    /// The server is asked to sign what the success page receives.
    Signing {
        /// Brings the connectionToken.
        request: Ticket,
        /// Fires when the success page waits no longer for it.
        timer: Ticket,
    },
    /// The page is being left.
    UnderWay {
        /// Fires if the page is still there.
        timer: Ticket,
    },
    /// The page is still there; a button goes on by hand.
    Stuck,
}

impl HandingOver {
    pub(crate) fn is_under_way(self) -> bool {
        matches!(self, Self::UnderWay { .. })
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NotNeeded => "Connected",
            Self::Asking { question: LastQuestion::Status(_), .. } => "Connected(asking)",
            Self::Asking { question: LastQuestion::List(_), .. } => "Connected(listing)",
            Self::Signing { .. } => "Connected(signing)",
            Self::UnderWay { .. } => "Connected(handing over)",
            Self::Stuck => "Connected(stuck)",
        }
    }
}
