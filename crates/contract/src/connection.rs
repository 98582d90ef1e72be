//! A connection as the session, the status and the poll answer describe it.

use serde::{Deserialize, Serialize};

use crate::ids::{ConnectionId, IntegrationUuid, ServiceName};
use crate::integration::ServiceKind;
use crate::labels_by_id::LabelsById;
use crate::lenient::null_is_default;
use crate::names::travels_by_name;

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
    /// Ours: whether `expires_at` is near by the server's clock, so that it is time to renew.
    #[serde(default, skip_serializing_if = "is_false")]
    pub lapses_soon: bool,
    /// Ours: since when it stands where it stands, RFC 3339 in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_since: Option<String>,
    /// Ours: what `error` means more exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RefusalReason>,
    /// What there is to choose from while a choice is due, or the accounts at a bank (contract rules D4, D5 and C6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accounts: Option<ConnectionAccounts>,
    /// The bank, for banking connections (contract rule D4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<Institution>,
    /// Ours: the connected company's name for people, where the service tells one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_name: Option<String>,
    /// Ours: whether nobody can tell which company it is, so that each sign-in may have been to another one.
    #[serde(default, deserialize_with = "null_is_default", skip_serializing_if = "is_false")]
    pub company_unknown: bool,
    /// Ours: where the company is unknown, when a sign-in last took the place of an older one; RFC 3339 in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_at: Option<String>,
    /// Ours: what was asked for at the service and not granted, by the service's own words (RFC 6749 section 3.3).
    #[serde(default, deserialize_with = "null_is_default", skip_serializing_if = "Vec::is_empty")]
    pub missing_scopes: Vec<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn is_false(truth: &bool) -> bool {
    !*truth
}

/// What a connection says about accounts: choices by id, or a bank's accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ConnectionAccounts {
    /// A bank's accounts; may be empty.
    Bank(Vec<BankAccount>),
    /// Companies to choose from, in the order in which the service lists them.
    Choices(LabelsById),
}

/// An account at a bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankAccount {
    /// The last digits of its number.
    #[serde(default)]
    pub mask: Option<String>,
}

/// The bank behind a banking connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Institution {
    /// Its name for people.
    pub name: String,
    /// Its own site.
    #[serde(default)]
    pub url: Option<String>,
    /// What old clients insist on finding.
    #[serde(default)]
    pub metadata: InstitutionMetadata,
}

/// What else is known about a bank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionMetadata {
    /// The address of its picture.
    #[serde(default)]
    pub logo: Option<String>,
}

/// Where a connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    Unknown,
}

travels_by_name!(ConnectionState {
    Active = "active",
    Inactive = "inactive",
    Disconnected = "disconnected",
    Pending = "pending",
    Expired = "expired",
    Invalid = "invalid",
});

/// What is wrong with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    Unknown,
}

travels_by_name!(ConnectionError {
    DuplicateAccount = "duplicateAccount",
    UnauthorizedClientIdKey = "unauthorizedClientIdKey",
    UnauthorizedCredentials = "unauthorizedCredentials",
    InsufficientPermission = "insufficientPermission",
    ReauthorizationRequired = "reauthorizationRequired",
});

/// Ours: what a [`ConnectionError`] means more exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefusalReason {
    /// The person said no at the service (`access_denied`, RFC 6749 section 4.1.2.1).
    AccessDenied,
    /// The company signed in to is not the one that this connection stands for.
    DifferentAccount,
    /// The business has the company connected already, by another connection of its own.
    ConnectedHere,
    /// A reason of a newer server.
    Unknown,
}

travels_by_name!(RefusalReason {
    AccessDenied = "accessDenied",
    DifferentAccount = "differentAccount",
    ConnectedHere = "connectedHere",
});

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
