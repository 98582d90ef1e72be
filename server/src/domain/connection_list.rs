//! Connections as a back end lists them: with their business, company and status, filtered and by pages.

use jiff::Timestamp;
use railz_connect_contract::{BusinessName, ConnectionId, ConnectionState};

use super::company::CompanyBinding;
use super::connection::{AuthorizationState, Connection, Tie};

/// A connection as it is listed.
#[derive(Clone, Debug)]
pub struct ListedConnection {
    /// The connection.
    pub connection: Connection,
    /// The name of its business.
    pub business_name: BusinessName,
    /// Where it stands: active, pending, expired or disconnected.
    pub status: ConnectionState,
    /// Why it was cut off, where it was not the service that did.
    pub disconnect_reason: Option<String>,
    /// The company it stands for, where one is known.
    pub binding: Option<CompanyBinding>,
}

impl ListedConnection {
    /// Why nothing can be read by it, in the API's word; nothing where something can.
    pub fn reason(&self) -> Option<&str> {
        match self.status {
            ConnectionState::Expired => Some("reauthorizationRequired"),
            // Whatever is cut off for another reason has it written down.
            ConnectionState::Disconnected => {
                Some(self.disconnect_reason.as_deref().unwrap_or("authorizationRevoked"))
            }
            ConnectionState::Active
            | ConnectionState::Pending
            | ConnectionState::Inactive
            | ConnectionState::Invalid
            | ConnectionState::Unknown => None,
        }
    }

    /// Whether nobody can tell which company it is to: the service has no way to say it. Of what waits for a choice, is played
    /// or was untied, that is no question.
    pub fn is_company_unknown(&self) -> bool {
        let is_told = self.binding.as_ref().is_some_and(|binding| binding.company.is_some());
        let stands_for_one = self.status != ConnectionState::Pending && self.connection.tie != Tie::Untied;
        stands_for_one && !self.connection.is_sandbox() && !is_told
    }

    /// Since when it has its status, as far as that is known.
    pub fn updated_at(&self) -> Timestamp {
        match (self.status, self.connection.authorization) {
            (ConnectionState::Expired, AuthorizationState::Active { expires_at, .. }) => expires_at,
            (_, AuthorizationState::Active { since, .. }) => since,
            (_, AuthorizationState::Disconnected { since, ended_at }) => ended_at.unwrap_or(since),
            (_, AuthorizationState::NeverAuthorized) => self.connection.created_at,
        }
    }
}

/// Which connections are listed: those for which all of it holds.
#[derive(Clone, Debug, Default)]
pub struct ConnectionFilter {
    /// The connection's id.
    pub id: Option<ConnectionId>,
    /// Its business, by number.
    pub business_uuid: Option<String>,
    /// Its business, by name.
    pub business_name: Option<String>,
    /// Its service.
    pub service: Option<String>,
    /// Its bank, by name.
    pub institution_name: Option<String>,
    /// The company's id at the service.
    pub account_id: Option<String>,
    /// The entity's id within the company.
    pub entity_id: Option<String>,
    /// One of these; any where none is given.
    pub statuses: Vec<ConnectionState>,
}

/// Whether a connection was disconnected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisconnectOutcome {
    /// It was, just now.
    Yes,
    /// It was disconnected before.
    Already,
    /// Nobody has authorised it, so there is nothing to disconnect.
    NeverAuthorized,
}
