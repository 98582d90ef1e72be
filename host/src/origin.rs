//! An origin (RFC 6454) as it stands on the command line and in a policy header.

use std::{fmt, str::FromStr};

use url::Url;

/// Scheme, host and port of an http(s) address, without a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// The origin of an http(s) address with an ordinary host name; `None` for anything else.
    pub fn of(address: &str) -> Option<Self> {
        let url = Url::parse(address).ok()?;
        // A host name may hold characters that mean something in a header, such as a semicolon.
        let plain = url.host_str()?.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_:[]".contains(&b));
        (plain && matches!(url.scheme(), "http" | "https")).then(|| Self(url.origin().ascii_serialization()))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no origin of a web page.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be http or https with host and port and nothing behind, such as http://connect.localhost:8081")]
pub struct OriginError;

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let origin = Self::of(text).ok_or(OriginError)?;
        let bare = text.strip_suffix('/').unwrap_or(text);
        if bare == origin.0 { Ok(origin) } else { Err(OriginError) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_nothing_behind_its_port() {
        for text in ["http://connect.localhost:8081", "http://connect.localhost:8081/"] {
            assert_eq!(text.parse::<Origin>().unwrap().to_string(), "http://connect.localhost:8081");
        }
        for text in [
            "connect.localhost:8081",
            "http://c.localhost/a",
            "http://u@c.localhost",
            "ftp://c",
            "",
            "http://a'b;c",
        ] {
            assert_eq!(text.parse::<Origin>(), Err(OriginError), "{text}");
        }
    }
}
