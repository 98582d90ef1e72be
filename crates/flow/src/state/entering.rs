//! Services that people connect by what they type, or by a file they take to another program, instead of a window.
//!
//! What was typed is never kept here: see `field.rs`. The file's part is in `web_connector.rs`.

use railz_connect_contract::ConnectionId;

use super::web_connector::{StatusPoll, WebConnector};
use crate::field::Field;
use crate::guide::Guide;
use crate::service::SelectedService;
use crate::ticket::Ticket;

/// The person enters credentials, or takes a file to another program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entering {
    /// What is to be connected, as it was selected.
    pub service: Box<SelectedService>,
    /// The instructions, which may come later or not at all.
    pub guide: Guide,
    /// The connection, where the server named it.
    pub connection_id: Option<ConnectionId>,
    /// How far it is.
    pub step: EntryStep,
}

/// How far an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryStep {
    /// `/services/url`, which begins the connection.
    Beginning(Ticket),
    /// The person fills in the form.
    Filling {
        /// The fields that are not right yet.
        problems: Vec<Field>,
        /// What became of the last try.
        error: Option<CredentialsError>,
    },
    /// The credentials are being tried.
    Checking(Ticket),
    /// They were right, or nobody said what became of them; the status will say how it ended.
    Confirming {
        /// Ties the response to this step.
        request: Ticket,
        /// Why nothing is known of them, for the form that comes back where nothing was connected.
        error: Option<CredentialsError>,
    },
    /// The person takes a file to QuickBooks Web Connector, and the status is asked until it has called.
    Connector(Box<WebConnector>),
}

/// Why credentials did not lead to a connection; the form is kept, so that they can be put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialsError {
    /// In the server's words.
    Message(String),
    /// The service does not accept them.
    Rejected,
    /// Nobody answered.
    Unreachable,
}

impl EntryStep {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Beginning(_) => "Entering(beginning)",
            Self::Filling { .. } => "Entering",
            Self::Checking(_) => "Entering(checking)",
            Self::Confirming { .. } => "Entering(confirming)",
            Self::Connector(connector) => match connector.poll {
                StatusPoll::Waiting(_) => "Entering(connector, asking)",
                StatusPoll::Resting(_) => "Entering(connector, resting)",
            },
        }
    }
}
