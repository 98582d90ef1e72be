//! Who may ask: the registered clients, their secrets, and the addresses they may be answered at.

use std::{fmt, str::FromStr};

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use super::redirect;

/// A client's secret. It cannot be printed.
#[derive(Clone)]
pub struct ClientSecret(String);

impl ClientSecret {
    /// Wraps what was configured or presented.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The HMAC-SHA256 of a message with this secret as key, in hex (RFC 2104).
    pub fn tag(&self, message: &str) -> String {
        // A key of any length will do for HMAC.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()) else { return String::new() };
        mac.update(message.as_bytes());
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
    }

    /// Whether both are the same. Digests are compared, so that the time taken says nothing about the secret.
    pub fn matches(&self, presented: &Self) -> bool {
        Sha256::digest(&self.0) == Sha256::digest(&presented.0)
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientSecret(…)")
    }
}

/// A client may not be registered like this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// Not of the form `id:secret`.
    #[error("a client is written ID:SECRET, such as practice:practice-secret; both parts are needed")]
    Form,
    /// Characters that cannot stand in a client id.
    #[error("a client id is made of printable ASCII characters without spaces")]
    Id,
}

/// A registered client (RFC 6749, section 2).
#[derive(Debug, Clone)]
pub struct Client {
    /// `client_id`: printable ASCII without spaces.
    pub id: String,
    /// What the client proves itself with at the token endpoint.
    pub secret: ClientSecret,
    /// The exact redirect addresses it registered; with none, any http(s) loopback address is accepted.
    pub redirects: Vec<String>,
}

impl Client {
    /// Whether this client may be answered at `uri`: exactly as registered (RFC 9700, section 2.1), or on loopback when
    /// it registered none.
    pub fn may_redirect_to(&self, uri: &str) -> bool {
        if self.redirects.is_empty() {
            redirect::is_loopback(uri)
        } else {
            self.redirects.iter().any(|registered| registered == uri)
        }
    }
}

impl FromStr for Client {
    type Err = ClientError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (id, secret) = text.split_once(':').ok_or(ClientError::Form)?;
        if id.is_empty() || secret.is_empty() {
            return Err(ClientError::Form);
        }
        if !id.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(ClientError::Id);
        }
        Ok(Self { id: id.to_owned(), secret: ClientSecret::new(secret), redirects: Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_may_hold_colons_and_is_never_printed() {
        let client: Client = "practice:a:b".parse().unwrap();
        assert!(client.secret.matches(&ClientSecret::new("a:b")));
        assert!(!client.secret.matches(&ClientSecret::new("a")));
        assert!(!format!("{client:?}").contains("a:b"));
    }

    #[test]
    fn a_client_without_a_secret_is_refused() {
        for text in ["practice", "practice:", ":secret", ""] {
            assert_eq!(text.parse::<Client>().unwrap_err(), ClientError::Form, "{text}");
        }
        assert_eq!("a b:secret".parse::<Client>().unwrap_err(), ClientError::Id);
    }
}
