//! A bank is linked by a script that opens on the host's own page (Plaid Link).

use railz_connect_contract::ConnectionId;

use crate::service::SelectedService;
use crate::ticket::Ticket;

/// The person links a bank, over this page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkingBank {
    /// The service that stands for all banks.
    pub service: Box<SelectedService>,
    /// How far it is.
    pub step: BankStep,
}

/// How far the linking of a bank is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BankStep {
    /// The server is asked for the link token that the script opens with.
    Asking(Ticket),
    /// The script is on its way.
    Opening(Ticket),
    /// It is open; the person chooses and signs in there.
    Open(Ticket),
    /// Its result is on its way to the server.
    Sending(Ticket),
    /// The result is taken; the status will say how it ended.
    Confirming {
        /// Ties the response to this step.
        request: Ticket,
        /// The connection, where the server named it.
        connection_id: Option<ConnectionId>,
        /// Whether the server said that it took the result. Where it did not, only what is new in the status counts.
        taken: bool,
    },
}

impl BankStep {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Asking(_) => "LinkingBank(asking)",
            Self::Opening(_) => "LinkingBank(opening)",
            Self::Open(_) => "LinkingBank(open)",
            Self::Sending(_) => "LinkingBank(sending)",
            Self::Confirming { .. } => "LinkingBank(confirming)",
        }
    }
}
