//! The connections of a customer of this site: listed, looked up, disconnected (`docs/back-end-api.md`, "Connections").
//!
//! An id in an address is whatever somebody typed. Each look-up says for which business, and another's connection is answered as
//! what is not there.

use serde::{Deserialize, Deserializer};
use serde_json::json;
use url::form_urlencoded;

use crate::connect_api::{ConnectApi, ConnectError};

/// `CON-<uuid>`, of letters that may stand in an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionId(String);

impl ConnectionId {
    /// Takes an id of the right form.
    pub fn parse(text: &str) -> Option<Self> {
        let uuid = text.strip_prefix("CON-")?;
        let is_plain = uuid.len() == 36 && uuid.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit());
        is_plain.then(|| Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for ConnectionId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("no connection id"))
    }
}

/// A connection that a token tells of.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimedConnection {
    /// By this id it is looked up, and found again after it was renewed.
    pub connection_id: ConnectionId,
    /// The service behind it.
    pub service_name: String,
    /// Whether the person of this visit signed in to it.
    pub signed_in: bool,
}

/// A connection as the list tells of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// By this id every other call names it.
    #[serde(rename = "connectionId")]
    pub id: ConnectionId,
    /// Whose it is.
    pub business_uuid: String,
    /// The service behind it.
    pub service_name: String,
    /// `active`, `pending`, `expired` or `disconnected`.
    pub status: String,
    /// Since when it is so (RFC 3339).
    pub updated_at: String,
    /// The company's name, where the service tells one.
    #[serde(default)]
    pub account_name: Option<String>,
    /// Whether it is sandbox data.
    #[serde(default)]
    pub is_mock_data: bool,
    /// Whether only a page said that its company is this business's, in a session that anybody can open.
    #[serde(default)]
    pub open_session: bool,
}

#[derive(Deserialize)]
struct ConnectionPage {
    data: Vec<Connection>,
}

/// All connections of a business, oldest first.
///
/// # Errors
/// Where the server cannot be asked, or refuses the key: [`ConnectError`].
pub async fn list(api: &ConnectApi, business_uuid: &str) -> Result<Vec<Connection>, ConnectError> {
    let query: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("businessUuid", business_uuid)
        .append_pair("limit", "100")
        .finish();
    let listed: Option<ConnectionPage> = api.get(&format!("/v2/connections?{query}")).await?;
    Ok(listed.map(|listed| listed.data).unwrap_or_default())
}

/// A connection of this business; nothing where there is none, or it is another's.
///
/// # Errors
/// Where the server cannot be asked, or refuses for another reason than that there is none: [`ConnectError`].
pub async fn find(
    api: &ConnectApi,
    business_uuid: &str,
    id: &ConnectionId,
) -> Result<Option<Connection>, ConnectError> {
    match api.get::<Connection>(&format!("/v2/connections/{}", id.as_str())).await {
        Ok(found) => Ok(found.filter(|connection| connection.business_uuid == business_uuid)),
        Err(error) if error.status() == Some(reqwest::StatusCode::NOT_FOUND) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Disconnects: the server forgets the tokens, and asks the service to revoke the grant.
///
/// # Errors
/// Where the server cannot be asked, or refuses: 404 where it is gone, 409 where it waits for a company: [`ConnectError`].
pub async fn disconnect(api: &ConnectApi, connection: &Connection) -> Result<Connection, ConnectError> {
    let body = json!({ "connectionId": connection.id.as_str() });
    api.put("/v2/connections/disconnect", &body).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_could_lead_elsewhere_is_none() {
        assert!(ConnectionId::parse("CON-9b1f3c1a-5b0e-4a53-8f0d-0e4c4f6b1a22").is_some());
        for text in [
            "",
            "CON-1",
            "CON-../../v2/businesses/BIZ-12345678901234567",
            "CON-9b1f3c1a-5b0e-4a53-8f0d-0e4c4f6b1a2%2F",
        ] {
            assert_eq!(ConnectionId::parse(text), None, "{text}");
        }
    }
}
