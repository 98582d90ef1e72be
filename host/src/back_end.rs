//! What only the customer's own server can do: open a session with the secret key, for whoever is signed in there.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};

use serde_json::{Value, json};
use url::Url;

use crate::origin::Origin;

/// A secret key of the Connect server, `rck_…`. It does not print.
#[derive(Clone)]
pub struct SecretKey(String);

impl SecretKey {
    /// Takes the key as it was handed over.
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }
}

impl From<&str> for SecretKey {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretKey(not shown)")
    }
}

/// The way to the Connect server with the secret key.
#[derive(Clone, Debug)]
pub struct BackEnd {
    connect: Origin,
    key: SecretKey,
    client: reqwest::Client,
}

/// Why there is no session.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The Connect server was not reached, or broke off.
    #[error("the Connect server cannot be reached: {0}")]
    Unreachable(#[from] reqwest::Error),
    /// It refused, in its own words.
    #[error("the Connect server answered {status}: {body}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The answer as it came; the server repeats no key in it.
        body: String,
    },
    /// It answered with something else than a session.
    #[error("the Connect server's answer is no session")]
    Unreadable,
}

impl BackEnd {
    /// The way to this server with this key.
    ///
    /// # Errors
    /// Where the HTTP client cannot be made.
    pub fn new(connect: Origin, key: SecretKey) -> Result<Self, reqwest::Error> {
        let mut client = reqwest::Client::builder();
        // What browsers know of names below `localhost` (RFC 6761), the system's resolver need not.
        let host = Url::parse(&connect.to_string()).ok().and_then(|url| url.host_str().map(str::to_owned));
        if let Some(host) = host.filter(|host| host.ends_with(".localhost")) {
            client = client.resolve(&host, SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        }
        Ok(Self { connect, key, client: client.build()? })
    }

    /// The same way with another key.
    #[cfg(test)]
    pub fn with_key(&self, key: SecretKey) -> Self {
        Self { key, ..self.clone() }
    }

    /// Opens a session for a business (`POST /v2/sessions`). Gives the server's answer; its `sessionToken` is for the page.
    ///
    /// # Errors
    /// [`SessionError`] where there is none.
    pub async fn open_session(&self, business: &str, success_page: &str) -> Result<Value, SessionError> {
        let mut session = json!({ "successUrl": success_page });
        if !business.is_empty() {
            session["businessName"] = business.into();
        }
        let answer = self
            .client
            .post(format!("{}/v2/sessions", self.connect))
            .header("authorization", format!("Bearer {}", self.key.0))
            .header("content-type", "application/json")
            .body(session.to_string())
            .send()
            .await?;
        let status = answer.status();
        let body = answer.text().await?;
        if !status.is_success() {
            return Err(SessionError::Refused { status: status.as_u16(), body });
        }
        let session: Value = serde_json::from_str(&body).map_err(|_| SessionError::Unreadable)?;
        if session["sessionToken"].is_string() { Ok(session) } else { Err(SessionError::Unreadable) }
    }
}
