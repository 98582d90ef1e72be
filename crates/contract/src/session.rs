//! `POST /widget/session/{widgetId}`: who the business is, what it may connect and what it has connected.
//!
//! The types take the host's free JSON as a parameter: the server puts `serde_json::Value` there, the widget a value it
//! never looks into, so that no JSON parser travels to the browser.

use serde::{Deserialize, Serialize};

use crate::connection::Connection;
use crate::ids::{AccessToken, BusinessName, BusinessUuid};
use crate::integration::Integration;
use crate::lenient::null_is_default;
use crate::names::travels_by_name;

/// The body of the session call. The query carries `businessUuid`, `businessName`, `redirectUrl` and `include`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRequest<Json> {
    /// The host's own data, echoed in the answer.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Json>,
    /// What the host configured; a server may ignore it.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub options: Option<Json>,
    /// Ours: the page that receives the connection; it must be registered for the widget.
    #[serde(default, rename = "successUrl", skip_serializing_if = "Option::is_none")]
    pub success_url: Option<String>,
    /// Ours: where the browser goes after a success, without fields; it must be registered for the widget.
    #[serde(default, rename = "redirectUrl", skip_serializing_if = "Option::is_none")]
    pub redirect_url: Option<String>,
    /// Ours: the host's opaque value, handed to the success page as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Ours: the token of the session that this one goes on from; it may have run out.
    #[serde(default, rename = "previousSessionToken", skip_serializing_if = "Option::is_none")]
    pub previous_session_token: Option<AccessToken>,
}

/// The answer of the session call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionResponse<Json> {
    /// The bearer token of all calls that follow.
    #[serde(rename = "access_token")]
    pub access_token: AccessToken,
    /// The business's name, generated where the host gave none.
    #[serde(default, deserialize_with = "null_is_default")]
    pub business_name: BusinessName,
    /// The business's id.
    #[serde(default, deserialize_with = "null_is_default")]
    pub business_uuid: BusinessUuid,
    /// The host's own data, as it came. On the wire `null` where none came.
    #[serde(default = "none")]
    pub metadata: Option<Json>,
    /// Who asks for the connection, in words for people.
    #[serde(default, deserialize_with = "null_is_default")]
    pub customer_name: String,
    /// Whom to write to for help.
    #[serde(default, deserialize_with = "null_is_default")]
    pub email: String,
    /// Which of the host's adjustments are honoured.
    #[serde(default, deserialize_with = "null_is_default")]
    pub billing_plan: BillingPlan,
    /// Whether this is a sandbox.
    #[serde(default, deserialize_with = "null_is_default")]
    pub sandbox: bool,
    /// Whether the widget stands in a page of the server's own.
    #[serde(default, deserialize_with = "null_is_default")]
    pub sites: bool,
    /// The business's connections, where `include` asked for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connections: Option<Vec<Connection>>,
    /// What the widget may offer, where `include` asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integrations: Option<Vec<Integration>>,
    /// Ours: what this server can do beyond the contract of 2.23.
    #[serde(default, deserialize_with = "null_is_default")]
    pub features: Vec<Feature>,
    /// Ours: when the token runs out (RFC 3339, UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// Ours: the success page that the session was made with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success_url: Option<String>,
    /// Ours: where the browser goes after a success, as the session was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect_url: Option<String>,
    /// Ours: the host's opaque value that the session was made with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Ours: who made the session. A server of 2.23 does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_kind: Option<SessionKind>,
}

/// Ours: who made a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// The page itself, which anybody can do who knows the widget's id.
    Open,
    /// The host's back end, with a secret key.
    Minted,
    /// A kind of a newer server.
    Unknown,
}

travels_by_name!(SessionKind {
    Open = "open",
    Minted = "minted",
});

/// Which of the host's adjustments are honoured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BillingPlan {
    /// None but the colours of the vendor.
    Free,
    /// Colours and the company's name.
    PayAsYouGo,
    /// All of them.
    Custom,
    /// A plan of a newer server; like [`BillingPlan::Custom`].
    #[default]
    Unknown,
}

travels_by_name!(BillingPlan {
    Free = "free",
    PayAsYouGo = "payAsYouGo",
    Custom = "custom",
});

/// Ours: what a server can do beyond the contract of 2.23.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// `/services/url` accepts `railzSandbox` itself with its `integrationUuid`, so that one press connects it.
    SandboxOnePress,
    /// A feature of a newer server.
    Unknown,
}

travels_by_name!(Feature {
    SandboxOnePress = "sandboxOnePress",
});

/// Serde's own default for an `Option` of a type parameter would demand that the parameter has a default too.
fn none<Json>() -> Option<Json> {
    None
}
