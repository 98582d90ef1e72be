//! The origins of host pages: one exact origin, or a pattern over loopback ports for development.
//!
//! A pattern can only name this very machine: nobody can open a widget to half the web by a careless star.

use std::{fmt, str::FromStr};

use url::{Host, Url};

/// Which pages may carry a widget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OriginPattern {
    /// One origin, in the form browsers send it (RFC 6454 section 6.2).
    Exact(String),
    /// `http://<loopback host>:*`: any port of one loopback host.
    AnyPort(String),
    /// `http://*.localhost:*`: any port of any name below localhost.
    AnyLocalhost,
}

/// Why a text is not an origin that can be registered.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not an origin: give scheme, host and port alone, such as https://app.example, or for development \
     http://127.0.0.1:*, http://localhost:* or http://*.localhost:*; http is for loopback hosts only"
)]
pub struct OriginError(pub String);

impl OriginPattern {
    /// Every pattern that means this origin, so that the patterns of all widgets can be asked by index and need not be
    /// tried one by one: [`matches`](Self::matches) is true of these and of no others.
    pub fn all_matching(origin: &str) -> Vec<Self> {
        let host = http_host(origin).filter(|host| !host.is_empty());
        // No browser sends a star; the text of a pattern must not pass for the pattern.
        let exact = (!origin.contains('*')).then(|| Self::Exact(origin.to_owned()));
        let any_port = host.map(|host| Self::AnyPort(host.to_owned()));
        let any_localhost = Self::AnyLocalhost.matches(origin).then_some(Self::AnyLocalhost);
        exact.into_iter().chain(any_port).chain(any_localhost).collect()
    }

    /// Whether a browser's `Origin` header names a page that this pattern means.
    pub fn matches(&self, origin: &str) -> bool {
        match self {
            Self::Exact(exact) => exact == origin,
            Self::AnyPort(host) => http_host(origin).is_some_and(|found| found == host),
            Self::AnyLocalhost => http_host(origin)
                .and_then(|host| host.strip_suffix(".localhost"))
                .is_some_and(|name| !name.is_empty()),
        }
    }
}

/// Whether a text has the form in which browsers send origins (RFC 6454 section 6.2), so that there is nothing else in it.
pub fn is_origin(text: &str) -> bool {
    text == "null" || Url::parse(text).is_ok_and(|url| url.origin().ascii_serialization() == text)
}

/// The host of an `http` origin, without its port.
fn http_host(origin: &str) -> Option<&str> {
    let authority = origin.strip_prefix("http://")?;
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-[:]".contains(&byte)).then_some(host)
}

/// Whether a host can only be this machine: 127.0.0.0/8, `::1`, `localhost`, `*.localhost` (RFC 6761 section 6.3).
pub fn is_loopback(host: Option<&Host<&str>>) -> bool {
    match host {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => *name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

impl FromStr for OriginPattern {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let refused = || OriginError(text.to_owned());
        if text == "http://*.localhost:*" {
            return Ok(Self::AnyLocalhost);
        }
        let any_port = text.strip_suffix(":*");
        let url = Url::parse(any_port.unwrap_or(text)).map_err(|_| refused())?;
        let bare = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none()
            && text.contains('*') == any_port.is_some();
        let loopback_http = url.scheme() == "http" && is_loopback(url.host().as_ref());
        let origin = url.origin().ascii_serialization();
        match any_port {
            _ if !bare => Err(refused()),
            Some(_) if loopback_http && url.port().is_none() => {
                Ok(Self::AnyPort(origin.trim_start_matches("http://").to_owned()))
            }
            None if url.scheme() == "https" || loopback_http => Ok(Self::Exact(origin)),
            _ => Err(refused()),
        }
    }
}

impl fmt::Display for OriginPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(origin) => formatter.write_str(origin),
            Self::AnyPort(host) => write!(formatter, "http://{host}:*"),
            Self::AnyLocalhost => formatter.write_str("http://*.localhost:*"),
        }
    }
}
