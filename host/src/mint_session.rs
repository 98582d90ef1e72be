//! Sessions that this site opens for whoever is signed in: `POST /v2/sessions`
//! (`docs/back-end.md`, "Mint a session").

use serde::Deserialize;
use serde_json::{Value, json};

use crate::connect_api::{ConnectApi, ConnectError};
use crate::secret::{PageState, SessionToken, random_text};

/// A session: `session_token` is for the page, the rest stays here.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MintedSession {
    /// What the page hands to the widget.
    pub session_token: SessionToken,
    /// The visit, by which the session is renewed.
    pub visit_id: String,
    /// For whom it is; found by its name, or made.
    pub business_uuid: String,
}

/// Opens a session of a business for one page.
///
/// # Errors
/// [`ConnectError`] where there is none.
pub async fn mint(
    api: &ConnectApi,
    business: &str,
    success_page: &str,
    state: &PageState,
) -> Result<MintedSession, ConnectError> {
    let session = json!({ "businessName": business, "successUrl": success_page, "state": state.expose() });
    post(api, &session).await
}

/// Another session of a visit: the person goes on where they are. What was said when it was minted stays.
///
/// # Errors
/// [`ConnectError`] where there is none.
pub async fn renew(api: &ConnectApi, visit_id: &str) -> Result<MintedSession, ConnectError> {
    post(api, &json!({ "visitId": visit_id })).await
}

async fn post(api: &ConnectApi, session: &Value) -> Result<MintedSession, ConnectError> {
    api.post("/v2/sessions", session, &random_text()?).await
}
