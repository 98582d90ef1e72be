//! A connection as the session, the status and the poll answer describe it.

use serde::{Deserialize, Serialize};

use crate::lenient::null_is_default;
use crate::{ConnectionId, IntegrationUuid, ServiceKind, ServiceName};

/// One connection between a business and a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// The connection's id; the same one after it was reauthorised.
    pub connection_id: ConnectionId,
    /// The service connected to.
    pub name: ServiceName,
    /// Which family of services it belongs to.
    #[serde(default, deserialize_with = "null_is_default")]
    pub kind: ServiceKind,
    /// Where it stands.
    pub state: ConnectionState,
    /// Why it stands there, if something is wrong.
    #[serde(default)]
    pub error: Option<ConnectionError>,
    /// The integration it was made through; absent for data of the sandbox form.
    #[serde(default)]
    pub integration_uuid: Option<IntegrationUuid>,
    /// True for a connection of the sandbox form, which wears another service's name.
    #[serde(default, deserialize_with = "null_is_default")]
    pub is_mock_data: bool,
    /// When it was first made, RFC 3339 in UTC.
    #[serde(default)]
    pub created_at: Option<String>,
    /// The account's number at the service, where it tells one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_number: Option<String>,
    /// The account at the service, handed on to the host as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_account_ref: Option<ServiceAccountRef>,
    /// Ours: when the authorisation lapses unless renewed, RFC 3339 in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// Ours: what `error` means more exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RefusalReason>,
}

/// Where a connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ConnectionState {
    /// Authorised and usable.
    Active,
    /// Authorised once, not in use.
    Inactive,
    /// Cut off by the service or the business.
    Disconnected,
    /// Signed in, but a choice of account is still due.
    Pending,
    /// The authorisation ran out.
    Expired,
    /// The authorisation did not come about.
    Invalid,
    /// A state of a newer server.
    #[serde(other)]
    Unknown,
}

/// What is wrong with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ConnectionError {
    /// The same company is connected already.
    DuplicateAccount,
    /// The service does not accept the application's own credentials.
    UnauthorizedClientIdKey,
    /// The service does not accept the person's credentials.
    UnauthorizedCredentials,
    /// The person may not, or did not want to, grant the access.
    InsufficientPermission,
    /// The authorisation must be given again.
    ReauthorizationRequired,
    /// An error of a newer server.
    #[serde(other)]
    Unknown,
}

/// Ours: what a [`ConnectionError`] means more exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RefusalReason {
    /// The person said no at the service (`access_denied`, RFC 6749 section 4.1.2.1).
    AccessDenied,
    /// A reason of a newer server.
    #[serde(other)]
    Unknown,
}

/// The account at the service that a connection stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceAccountRef {
    /// The account's id at the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The entity within the account, where the service has such.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_ref: Option<EntityRef>,
}

/// An entity within an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityRef {
    /// The entity's id at the service.
    pub id: String,
}
