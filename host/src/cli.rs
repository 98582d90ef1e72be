//! The command line: where to listen, and which widget of which Connect server the pages hold.

use std::io;
use std::net::SocketAddr;

use clap::Parser;

use crate::{
    back_end::BackEnd,
    connect_api::ConnectApi,
    origin::Origin,
    received_webhooks::ReceivedWebhooks,
    secret::{SecretKey, WebhookSecret},
    site::Site,
    verify_token::TokenVerifier,
    visitors::Visitors,
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
    /// The secret key of this site's back end; it needs the scopes `sessions`, `read`, `write` and `tokens`
    #[arg(long, env = "CONNECT_SECRET_KEY", hide_env_values = true)]
    secret_key: Option<SecretKey>,
    /// The secret of the webhook that is registered for /webhooks/connect; without it no delivery is taken
    #[arg(long, env = "CONNECT_WEBHOOK_SECRET", hide_env_values = true, requires = "secret_key")]
    webhook_secret: Option<WebhookSecret>,
}

impl Arguments {
    /// What a customer would have written into the pages. `origin` is the site's own.
    ///
    /// # Errors
    /// Where no HTTP client can be made.
    pub fn site(self, origin: Origin) -> io::Result<Site> {
        let Self { connect, widget_id, secret_key, webhook_secret, .. } = self;
        let back_end = |key| -> Result<BackEnd, reqwest::Error> {
            Ok(BackEnd {
                api: ConnectApi::new(connect.clone(), key)?,
                tokens: TokenVerifier::new(connect.to_string(), widget_id.clone()),
                visitors: Visitors::default(),
                webhook_secret,
                webhooks: ReceivedWebhooks::default(),
            })
        };
        let back_end = secret_key.map(back_end).transpose().map_err(io::Error::other)?;
        Ok(Site { origin, connect, widget_id, back_end })
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
