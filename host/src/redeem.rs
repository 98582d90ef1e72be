//! The connectionToken, taken in: `POST /v2/connections/redeem`. It works once; the token's own id is the idempotency key, so
//! that a call whose answer was lost is repeated and answered the same.

use serde::Deserialize;
use serde_json::json;

use crate::connect_api::{ConnectApi, ConnectError};
use crate::connections::ClaimedConnection;
use crate::secret::{ConnectionToken, PageState};
use crate::verify_token::Claims;

/// What the server gives for a token.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RedeemedToken {
    /// For whom things were connected.
    pub business_uuid: String,
    /// That business's name as the server has it.
    pub business_name: String,
    /// What the session was minted with.
    #[serde(default)]
    pub state: Option<PageState>,
    /// What is connected.
    pub connections: Vec<ClaimedConnection>,
}

/// Takes a token in that was believed.
///
/// # Errors
/// [`ConnectError`]; 409 where it was redeemed before.
pub async fn redeem(
    api: &ConnectApi,
    token: &ConnectionToken,
    claims: &Claims,
) -> Result<RedeemedToken, ConnectError> {
    let body = json!({ "connectionToken": token.expose() });
    api.post("/v2/connections/redeem", &body, &claims.jti).await
}
