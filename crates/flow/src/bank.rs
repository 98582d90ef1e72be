//! A bank that is linked already: what it needs to work again.
//!
//! How one is linked is in `state/linking_bank.rs`, `update/linking_bank.rs`.

use railz_connect_contract::{Connection, ConnectionId, ConnectionState};

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
