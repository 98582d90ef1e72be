//! The connectionToken: what a success page receives beside the connectionId, and what a back end can trust.
//!
//! A signed statement of this server about one visit: for whom it was, what was connected, when. It opens nothing by itself;
//! the customer's back end checks it offline, or redeems it once with a secret key.

use jiff::Timestamp;
use railz_connect_contract::{BusinessUuid, ConnectionId, ServiceName, WidgetId};
use serde::{Deserialize, Serialize};

use super::jws::{self, ClaimsError, JwsError};
use super::key_set::KeySet;
use super::signing_key::SigningKey;
use crate::clock::seconds_after;

/// What the header's `typ` says, so that no other token of ours passes for one (RFC 8725 section 3.11).
pub const TYPE: &str = "connection+jwt";

/// For how many seconds a token is good: ten minutes, enough to get from the widget to the back end.
pub const LIFETIME_SECONDS: u64 = 600;

/// What a token says; the names of RFC 7519 where it has them, the contract's otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionClaims {
    /// Who signed: the server's `public_url`.
    pub iss: String,
    /// For whom: the widget.
    pub aud: WidgetId,
    /// When it was signed, in seconds since 1970.
    pub iat: i64,
    /// From when on it is refused, in seconds since 1970.
    pub exp: i64,
    /// This token's own id; whoever only checks tokens keeps it until `exp`, so that none counts twice.
    pub jti: String,
    /// What the host gave the visit along.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub state: Option<String>,
    /// For whom things were connected.
    pub business_uuid: BusinessUuid,
    /// What is connected.
    pub connections: Vec<ClaimedConnection>,
}

/// A connection that a token tells of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimedConnection {
    /// `CON-<uuid>`.
    pub connection_id: ConnectionId,
    /// The service behind it.
    pub service_name: ServiceName,
    /// Whether the person of this visit signed in to it. What was there before stands only in tokens of minted sessions.
    pub signed_in: bool,
    /// Whether no more than a page says that its company is this business's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open_session: bool,
    /// Whether nobody can tell which company it is: the service has no way to say it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub company_unknown: bool,
}

/// Why a token is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConnectionTokenError {
    /// Not a token that this server signed.
    #[error("the connectionToken is not taken: {0}")]
    Jws(#[from] JwsError),
    /// Signed by a server of another address.
    #[error("the connectionToken is of another server: its iss is not this one's address")]
    Issuer,
    /// Made for another widget than the key's.
    #[error("the connectionToken is for another widget than the secret key")]
    Audience,
    /// Its ten minutes are over.
    #[error("the connectionToken ran out: redeem it within ten minutes")]
    Expired,
}

impl ConnectionClaims {
    /// The lifetime of a token that is signed at this moment: `iat` and `exp`.
    pub fn lifetime(now: Timestamp) -> (i64, i64) {
        (now.as_second(), seconds_after(now, LIFETIME_SECONDS).as_second())
    }

    /// Signs them.
    ///
    /// # Errors
    /// [`ClaimsError`], where they have no form in JSON.
    pub fn sign(&self, key: &SigningKey) -> Result<String, ClaimsError> {
        jws::sign(key, TYPE, self)
    }

    /// Reads a token of this issuer for this widget.
    ///
    /// # Errors
    /// [`ConnectionTokenError`].
    pub fn read(
        token: &str,
        keys: &KeySet,
        issuer: &str,
        widget: &WidgetId,
        now: Timestamp,
    ) -> Result<Self, ConnectionTokenError> {
        let claims: Self = jws::verify(token, TYPE, |id| keys.find(id))?;
        if claims.iss != issuer {
            return Err(ConnectionTokenError::Issuer);
        }
        if claims.aud != *widget {
            return Err(ConnectionTokenError::Audience);
        }
        if claims.exp <= now.as_second() {
            return Err(ConnectionTokenError::Expired);
        }
        Ok(claims)
    }
}
