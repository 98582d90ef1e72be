//! An origin (RFC 6454) as it stands on the command line and in a policy header.

use std::{fmt, str::FromStr};

use url::{Host, Url};

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

impl Origin {
    /// The host's name, without a port.
    pub fn host(&self) -> Option<String> {
        Url::parse(&self.0).ok()?.host_str().map(str::to_owned)
    }

    /// Whether it is on this machine: a loopback address, or a name that browsers find there.
    pub fn is_loopback(&self) -> bool {
        match Url::parse(&self.0).ok().as_ref().and_then(Url::host) {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
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

    #[test]
    fn only_what_is_on_this_machine_is_loopback() {
        for (text, loopback) in [
            ("http://127.0.0.1:8081", true),
            ("http://[::1]:8081", true),
            ("http://connect.localhost", true),
            ("https://127.0.0.1.evil.example", false),
            ("https://localhost.evil.example", false),
            ("https://evil.example", false),
        ] {
            assert_eq!(Origin::of(text).unwrap().is_loopback(), loopback, "{text}");
        }
    }
}
