//! Banks, linked by Plaid's script in the host's page (contract rules C13 to C15).
//!
//! The server makes a link token, the script opens with it and ends in a public token, which the server exchanges. Both
//! tokens live for a short time and do not print.

use serde::{Deserialize, Serialize};

use crate::ids::ConnectionId;
use crate::unprintable::unprintable;

unprintable! {
    /// What the script opens with. [`LinkToken::expose`] is for the script and nothing else.
    LinkToken
}
unprintable! {
    /// What the script ends with; good once. [`PublicToken::expose`] is for the exchange and nothing else.
    PublicToken
}

/// The body of `POST /plaid/createLinkToken`. The query's `connectionId` names a bank that is to be signed in to again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LinkTokenRequest {
    /// Where banks with a sign-in of their own send the browser back to; `null` where the page has no such address.
    #[serde(default)]
    pub redirect_url: Option<String>,
    /// In which countries the banks are (ISO 3166-1, two letters); the server's own where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country_codes: Option<Vec<String>>,
}

/// The answer to `POST /plaid/createLinkToken`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LinkTokenResponse {
    /// What the script opens with.
    pub link_token: LinkToken,
    /// Ours: the address of the script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script_url: Option<String>,
}

/// The body of `POST /plaid/setAccessToken`: a bank was linked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SetAccessTokenRequest {
    /// What the script ended with.
    pub public_token: PublicToken,
}

/// The body of `PATCH /plaid/updateConnection`: a bank was signed in to again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateConnectionRequest {
    /// The bank's connection.
    pub connection_id: ConnectionId,
}

/// The answer to [`SetAccessTokenRequest`] and [`UpdateConnectionRequest`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BankResponse {
    /// The bank's name for people.
    #[serde(default)]
    pub name: Option<String>,
    /// Ours: the connection that was made or renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<ConnectionId>,
}
