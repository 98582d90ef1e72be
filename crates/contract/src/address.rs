//! `GET /services/url`: where a sign-in begins, and the connection it will end in.

use serde::{Deserialize, Serialize};

use crate::ids::{AttemptId, BusinessName, ConnectionId, ConnectorPassword};
use crate::unprintable::unprintable;

unprintable! {
    /// Ours: shows the server's start page that the window was opened by the page whose session began the sign-in.
    /// [`StartProof::expose`] is for the message to that window, and for the trade at the server.
    StartProof
}

/// The answer to `GET /services/url?serviceName=…&integrationUuid=…&redirectUrl=…`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AddressResponse {
    /// For OAuth services the absolute address the popup goes to; for the sandbox the address (absolute or a path) to
    /// which the use case is posted.
    pub url: String,
    /// The connection that this sign-in makes or renews. Our server always says it; the contract has it for sign-ins
    /// through a window only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<ConnectionId>,
    /// The business the connection belongs to.
    #[serde(default)]
    pub business_name: BusinessName,
    /// Ours: the attempt this call began; given back in the poll's `attemptId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt_id: Option<AttemptId>,
    /// Ours: for how many seconds the server will still accept the end of this sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in_seconds: Option<u32>,
    /// Ours, for a popup that a page opens: what its start page is told when it asks. None where the server does not know
    /// which page asked for the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_proof: Option<StartProof>,
    /// QuickBooks Desktop: the connector file, which is XML; `url` is where people get the connector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config: Option<String>,
    /// QuickBooks Desktop: the password that the connector asks for, told this once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<ConnectorPassword>,
}
