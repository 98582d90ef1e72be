//! `/{service}/account`: the companies that a sign-in found, and the one that was chosen (contract rules C6 to C9).

use serde::{Deserialize, Serialize};

use crate::ids::ConnectionId;
use crate::labels_by_id::LabelsById;

/// The answer to `GET /{service}/account`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountsResponse {
    /// The connection that waits for the choice.
    pub connection_id: ConnectionId,
    /// The companies that the sign-in reaches.
    pub accounts: AccountList,
}

/// What there is to choose from, in the shape that the service's clients expect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AccountList {
    /// In the service's order.
    Items {
        /// One entry a company, each with its id and its name.
        items: Vec<AccountItem>,
    },
    /// Label by id; `FreshBooks` alone.
    ById(LabelsById),
}

/// A company that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountItem {
    /// Its id at the service.
    pub id: String,
    /// Its name for people.
    pub label: String,
}

/// The body of `POST /{service}/account`. Answered with 201.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountChoice<Json> {
    /// The company, by an id of the list.
    pub account_id: String,
    /// The connection that waits for the choice.
    pub connection_id: ConnectionId,
    /// What else was asked for (Business Central's web service addresses).
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Json>,
}

/// Serde's own default for an `Option` of a type parameter would demand that the parameter has a default too.
fn none<Json>() -> Option<Json> {
    None
}
