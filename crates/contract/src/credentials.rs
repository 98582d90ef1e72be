//! Services that people connect with credentials instead of a window (contract rules C10 to C12).
//!
//! The requests carry secrets and do not print. Each answer may carry a message of ours that says what to put right.

use serde::{Deserialize, Serialize};

use crate::account::AccountItem;
use crate::ids::ConnectionId;

/// The body of `POST /oracleNetsuite/account`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetsuiteCredentials {
    /// The id of the access token.
    pub token_id: String,
    /// The secret of the access token.
    pub token_secret: String,
    /// The account's own address, such as `https://1234567.suitetalk.api.netsuite.com`.
    pub account_id: String,
    /// How many requests may run at the same time, 1 to 140.
    pub concurrency: u32,
}

/// The body of `POST /sageIntacct/account`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IntacctCredentials {
    /// The company's id.
    pub company_id: String,
    /// The web services user's id.
    pub user_id: String,
    /// The web services user's password.
    pub user_password: String,
}

/// Whether credentials were right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CredentialsResult {
    /// Whether the service accepted them.
    pub success: bool,
    /// The connection they are for; Sage Intacct, and on our server always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<ConnectionId>,
    /// The entities to choose from; Sage Intacct alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subsidiaries: Option<Vec<AccountItem>>,
    /// Ours: what a person can put right where they were not accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}
