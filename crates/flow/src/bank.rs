//! Banks, linked by a script that opens on the host's own page (Plaid Link).

use railz_connect_contract::{Connection, ConnectionId, ConnectionState, PublicToken};

use crate::Ticket;

/// How far the linking of a bank is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BankStep {
    /// The server is asked for what the script opens with.
    Asking(Ticket),
    /// The script is on its way.
    Opening(Ticket),
    /// It is open; the person chooses and signs in there.
    Open(Ticket),
    /// Its result is on its way to the server.
    Sending(Ticket),
    /// The result is taken; the status will say how it ended.
    Confirming {
        /// The request.
        request: Ticket,
        /// The connection, where the server named it.
        connection_id: Option<ConnectionId>,
    },
}

/// A bank that is linked already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownBank {
    /// Its connection.
    pub connection_id: ConnectionId,
    /// What is needed to have it work again.
    pub need: BankNeed,
}

/// What is needed to have a bank work again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BankNeed {
    /// A sign-in, after which the link that stands works again.
    SignIn,
    /// A new link, since the old one was cut off.
    NewLink,
}

impl KnownBank {
    /// The bank behind a connection.
    pub fn of(connection: &Connection) -> Self {
        let need = if connection.state == ConnectionState::Disconnected {
            BankNeed::NewLink
        } else {
            BankNeed::SignIn
        };
        Self { connection_id: connection.connection_id.clone(), need }
    }
}

/// What the script has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BankNews {
    /// It is open.
    Opened,
    /// It could not be loaded.
    NotLoaded,
    /// A bank was linked, or signed in to again.
    Linked(PublicToken),
    /// The person left.
    Left,
    /// It gave up, perhaps with words for people.
    Failed(Option<String>),
}
