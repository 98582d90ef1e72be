//! What the server remembers of credentials: sealed, and with a version by which two that renew one do not overwrite each other.
//!
//! What seals and opens them is `vault/`; who renews them `services/oauth/refresh.rs`.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{ConnectionId, ServiceName};

use super::{Replaced, Result};
use crate::domain::connection::Connection;
use crate::domain::credential::{Credential, StoredCredential};
use crate::vault::KeyId;

/// Credentials as the vault sealed them, each with a version that rises with every write.
#[async_trait]
pub trait Credentials {
    /// The credential of a connection, with the version that a write must name.
    async fn credential(&self, connection: &ConnectionId) -> Result<Option<StoredCredential>>;
    /// The connection whose credential has been due for a refresh the longest.
    async fn next_due(&self, now: Timestamp) -> Result<Option<ConnectionId>>;
    /// Takes a credential that is due for a refresh, and puts it off until `again` for everybody else. Nothing where it is not
    /// due any more.
    async fn claim_due(
        &self,
        connection: &ConnectionId,
        now: Timestamp,
        again: Timestamp,
    ) -> Result<Option<StoredCredential>>;
    /// Takes this credential for a refresh, and puts it off until `again` for everybody else; unless somebody else took it
    /// or wrote it meanwhile.
    async fn claim(&self, stored: &StoredCredential, again: Timestamp) -> Result<Replaced>;
    /// Stores a credential over the version it was made from, and until when its connection stands by it, unless that was
    /// authorised anew meanwhile.
    async fn replace_credential(
        &self,
        version: i64,
        credential: &Credential,
        connection: Option<&Connection>,
    ) -> Result<Replaced>;
    /// Whether any connection to this service has a credential.
    async fn has_credential_of(&self, service: &ServiceName) -> Result<bool>;
    /// The service does not accept the credential of this version any more: the connection is cut off.
    async fn disconnect(&self, version: i64, connection: &ConnectionId, now: Timestamp) -> Result<Replaced>;
    /// The refresh token of this version is lost: the authorisation is over as from now and must be given again.
    async fn lapse(&self, version: i64, connection: &ConnectionId, now: Timestamp) -> Result<Replaced>;
    /// One credential for each key that anything is sealed with, or why its row cannot be read.
    async fn one_of_each_key(&self) -> Result<Vec<Result<StoredCredential>>>;
    /// Some credential that is sealed with another key than this one.
    async fn one_of_other_key(&self, key: KeyId) -> Result<Option<StoredCredential>>;
}
