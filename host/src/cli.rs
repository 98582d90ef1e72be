//! The command line: where to listen, and which widget of which Connect server the pages hold.

use std::io;
use std::net::SocketAddr;

use clap::Parser;

use crate::{
    back_end::{BackEnd, SecretKey},
    origin::Origin,
    site::Site,
};

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
    /// The secret key by which this site opens the widget's sessions; it needs the scope `sessions`
    #[arg(long, env = "CONNECT_SECRET_KEY", hide_env_values = true)]
    secret_key: Option<SecretKey>,
}

impl Arguments {
    /// What a customer would have written into the pages. `public_url` is the site's own.
    ///
    /// # Errors
    /// Where no HTTP client can be made.
    pub fn site(self, public_url: &str) -> io::Result<Site> {
        let connect = self.connect.clone();
        let back_end = self.secret_key.map(|key| BackEnd::new(connect, key)).transpose();
        Ok(Site {
            connect: self.connect,
            widget_id: self.widget_id,
            success_page: format!("{public_url}/success"),
            back_end: back_end.map_err(io::Error::other)?,
        })
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
}

fn loopback(text: &str) -> Result<SocketAddr, ArgumentError> {
    let address: SocketAddr = text.parse()?;
    if address.ip().is_loopback() { Ok(address) } else { Err(ArgumentError::NotLoopback) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_listened_on() {
        assert!(loopback("127.0.0.1:0").is_ok() && loopback("[::1]:80").is_ok());
        assert_eq!(loopback("0.0.0.0:80"), Err(ArgumentError::NotLoopback));
    }
}
