//! The address at which browsers find the server, with or without a path in front of everything.

use std::fmt;
use std::str::FromStr;

use url::Url;

use crate::domain::origin::is_loopback;

/// The address under which browsers reach the server: https, or http on a loopback host, perhaps with a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    base: String,
    path: String,
    transport: Transport,
}

/// How browsers reach the server, which decides which cookies they keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// By https; cookies get the `__Host-` prefix and `Secure`.
    Https,
    /// Plain, on this very machine, where `WebKit` drops `Secure` cookies.
    LoopbackHttp,
}

/// Why an address cannot be the server's public one.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublicUrlError {
    /// No absolute address.
    #[error("{0:?} is not an address; give one such as https://connect.example")]
    NotAnAddress(String),
    /// Something that is neither https nor loopback http.
    #[error(
        "{0} is not https; http is accepted on loopback hosts only (127.0.0.1, [::1], localhost, *.localhost)"
    )]
    NotHttps(String),
    /// More than scheme, host, port and path.
    #[error("{0} must have neither user, query nor fragment")]
    TooMuch(String),
    /// A path that routers take for a pattern.
    #[error("{0} has a part of its path that begins with ':' or '*'; choose another path")]
    Pattern(String),
}

impl PublicUrl {
    /// The absolute address of a path of ours, which begins with a slash.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The path in front of everything: empty, or beginning with a slash and not ending with one.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its origin as browsers write it: scheme, host, and the port unless it is the scheme's own.
    pub fn origin(&self) -> String {
        self.base.strip_suffix(&self.path).unwrap_or(&self.base).to_owned()
    }

    /// Whether browsers come by https, on which the form of the popup's cookie depends.
    pub fn transport(&self) -> Transport {
        self.transport
    }
}

impl FromStr for PublicUrl {
    type Err = PublicUrlError;

    fn from_str(text: &str) -> Result<Self, PublicUrlError> {
        let url = Url::parse(text).map_err(|_| PublicUrlError::NotAnAddress(text.to_owned()))?;
        let transport = match url.scheme() {
            "https" => Transport::Https,
            "http" if is_loopback(url.host().as_ref()) => Transport::LoopbackHttp,
            _ => return Err(PublicUrlError::NotHttps(text.to_owned())),
        };
        let bare = url.username().is_empty() && url.password().is_none();
        if !bare || url.query().is_some() || url.fragment().is_some() {
            return Err(PublicUrlError::TooMuch(text.to_owned()));
        }
        let path = url.path().trim_end_matches('/').to_owned();
        if path.split('/').any(|part| part.starts_with([':', '*'])) {
            return Err(PublicUrlError::Pattern(text.to_owned()));
        }
        Ok(Self { base: format!("{}{path}", url.origin().ascii_serialization()), path, transport })
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.base)
    }
}
