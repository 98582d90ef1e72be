//! The command line, and the origins that stand in it.

use std::{fmt, net::SocketAddr, str::FromStr};

use clap::Parser;
use url::Url;

use crate::http::Site;

/// A customer's site in small: a page with the Connect widget, and its success page.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Arguments {
    /// Where to listen; a loopback address, port 0 for any free port
    #[arg(long, default_value = "127.0.0.1:8080", value_parser = loopback)]
    pub listen: SocketAddr,
    /// The origin that browsers use [default: http:// and the address it listens on]
    #[arg(long)]
    pub public_url: Option<Origin>,
    /// The Connect server's origin, which the widget is loaded from
    #[arg(long)]
    connect: Origin,
    /// The widget's id, as `connect-server widget create` printed it
    #[arg(long)]
    widget_id: String,
}

impl Arguments {
    /// What the pages need.
    pub fn site(self) -> Site {
        Site { connect: self.connect, widget_id: self.widget_id }
    }
}

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

/// Why an argument cannot be taken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArgumentError {
    /// Not a loopback address.
    #[error("listens on loopback only, such as 127.0.0.1:8080, since its pages do what their address says")]
    NotLoopback,
    /// Not an address at all.
    #[error("must be an address and a port, such as 127.0.0.1:8080")]
    Address(#[from] std::net::AddrParseError),
    /// Not an origin.
    #[error(
        "must be http or https with host and port and nothing behind, such as http://connect.localhost:8081"
    )]
    Origin,
}

impl FromStr for Origin {
    type Err = ArgumentError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let origin = Self::of(text).ok_or(ArgumentError::Origin)?;
        let bare = text.strip_suffix('/').unwrap_or(text);
        if bare == origin.0 { Ok(origin) } else { Err(ArgumentError::Origin) }
    }
}

fn loopback(text: &str) -> Result<SocketAddr, ArgumentError> {
    let address: SocketAddr = text.parse()?;
    if address.ip().is_loopback() { Ok(address) } else { Err(ArgumentError::NotLoopback) }
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
            assert_eq!(text.parse::<Origin>(), Err(ArgumentError::Origin), "{text}");
        }
    }

    #[test]
    fn only_loopback_is_listened_on() {
        assert!(loopback("127.0.0.1:0").is_ok() && loopback("[::1]:80").is_ok());
        assert_eq!(loopback("0.0.0.0:80"), Err(ArgumentError::NotLoopback));
    }
}
