//! After a sign-in that reaches several companies: which one to connect.

use railz_connect_contract::{AccountItem, ConnectionId};

use crate::field::Field;
use crate::guide::Guide;
use crate::service::SelectedService;
use crate::ticket::Ticket;

/// The person chooses which company to connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoosingAccount {
    /// What is to be connected, as it was selected.
    pub service: Box<SelectedService>,
    /// The connection that waits for the choice.
    pub connection_id: ConnectionId,
    /// How far the choice is.
    pub step: AccountStep,
}

/// How far the choice of a company is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountStep {
    /// The list is asked for.
    Listing(Ticket),
    /// The person chooses from this list.
    Choosing(Vec<AccountItem>),
    /// The company is chosen; the person may add the addresses of its web services.
    Extra {
        /// The chosen company, by its id at the service.
        account_id: String,
        /// The fields that are not right yet.
        problems: Vec<Field>,
        /// The instructions, which may come later or not at all.
        guide: Guide,
    },
    /// The choice is on its way.
    Sending(Ticket),
    /// The choice is taken; the status will say how it ended.
    Confirming(Ticket),
}

impl AccountStep {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Listing(_) => "ChoosingAccount(listing)",
            Self::Choosing(_) => "ChoosingAccount",
            Self::Extra { .. } => "ChoosingAccount(extra)",
            Self::Sending(_) => "ChoosingAccount(sending)",
            Self::Confirming(_) => "ChoosingAccount(confirming)",
        }
    }
}
