//! The command line.

use std::net::SocketAddr;

use clap::Parser;
use url::Url;

use simulator::oauth::{Client, redirect};

/// A practice provider: an OAuth 2.0 server that behaves well or badly as told. Nothing real happens in it.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Arguments {
    /// Where to listen; a loopback address, port 0 for any free port
    #[arg(long, default_value = "127.0.0.1:8082", value_parser = parse_loopback)]
    listen: SocketAddr,
    /// The address that browsers use, without a path [default: http:// and the address it listens on]
    #[arg(long, value_parser = parse_public_url)]
    public_url: Option<String>,
    /// A client that may ask, as ID:SECRET; may be given more than once
    #[arg(long = "client", required = true, value_name = "ID:SECRET", value_parser = |text: &str| text.parse::<Client>())]
    clients: Vec<Client>,
    /// A redirect address of a client, compared exactly; without any, each http(s) loopback address is accepted
    #[arg(long = "redirect-uri", value_name = "ID=URI", value_parser = parse_registration)]
    redirects: Vec<Registration>,
}

#[derive(Debug, Clone)]
struct Registration {
    client_id: String,
    uri: String,
}

/// Why the arguments do not fit together.
#[derive(Debug, thiserror::Error)]
pub enum ArgumentError {
    /// Not a loopback address.
    #[error("listens on loopback only, such as 127.0.0.1:8082, since it lets anybody in")]
    NotLoopback,
    /// Not an address at all.
    #[error("must be an address and a port, such as 127.0.0.1:8082")]
    Address(#[from] std::net::AddrParseError),
    /// The public address has a path, or is no http(s) address.
    #[error(
        "must be http or https with host and port and nothing behind, such as http://provider.localhost:8082"
    )]
    PublicUrl,
    /// A redirect address that nobody could be sent to.
    #[error("must be ID=URI with an absolute http or https address without a fragment")]
    Redirect,
    /// A redirect address for a client that was not given.
    #[error("--redirect-uri names the client {0:?}, which no --client registers")]
    NoSuchClient(String),
}

impl Arguments {
    /// Where to listen.
    pub fn listen(&self) -> SocketAddr {
        self.listen
    }

    /// The address that browsers use, when the program listens on `bound`.
    pub fn public_url(&self, bound: SocketAddr) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://{bound}"))
    }

    /// The clients with their redirect addresses.
    ///
    /// # Errors
    /// [`ArgumentError::NoSuchClient`] for a redirect address that belongs to nobody.
    pub fn clients(self) -> Result<Vec<Client>, ArgumentError> {
        let mut clients = self.clients;
        for Registration { client_id, uri } in self.redirects {
            match clients.iter_mut().find(|client| client.id == client_id) {
                Some(client) => client.redirects.push(uri),
                None => return Err(ArgumentError::NoSuchClient(client_id)),
            }
        }
        Ok(clients)
    }
}

fn parse_loopback(text: &str) -> Result<SocketAddr, ArgumentError> {
    let address: SocketAddr = text.parse()?;
    if address.ip().is_loopback() { Ok(address) } else { Err(ArgumentError::NotLoopback) }
}

fn parse_public_url(text: &str) -> Result<String, ArgumentError> {
    let url = Url::parse(text).map_err(|_| ArgumentError::PublicUrl)?;
    let plain = matches!(url.scheme(), "http" | "https") && url.path() == "/" && url.query().is_none();
    if plain && url.fragment().is_none() && url.username().is_empty() {
        Ok(url.origin().ascii_serialization())
    } else {
        Err(ArgumentError::PublicUrl)
    }
}

fn parse_registration(text: &str) -> Result<Registration, ArgumentError> {
    let (client_id, uri) = text.split_once('=').ok_or(ArgumentError::Redirect)?;
    redirect::parse(uri).ok_or(ArgumentError::Redirect)?;
    Ok(Registration { client_id: client_id.to_owned(), uri: uri.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Vec<Client>, String> {
        let all = ["simulator"].iter().chain(arguments);
        let parsed = Arguments::try_parse_from(all).map_err(|error| error.to_string())?;
        parsed.clients().map_err(|error| error.to_string())
    }

    #[test]
    fn redirect_addresses_go_to_their_client() {
        let clients =
            parse(&["--client", "a:1", "--client", "b:2", "--redirect-uri", "b=http://localhost/cb?x=y"])
                .unwrap();
        assert!(clients[0].redirects.is_empty());
        assert_eq!(clients[1].redirects, ["http://localhost/cb?x=y"]);
    }

    #[test]
    fn each_wrong_argument_is_named_with_what_would_be_right() {
        for (arguments, named) in [
            (&["--listen", "0.0.0.0:80", "--client", "a:1"][..], "loopback only"),
            (&["--listen", "here", "--client", "a:1"], "127.0.0.1:8082"),
            (&["--public-url", "http://p.localhost/x", "--client", "a:1"], "provider.localhost"),
            (&["--client", "a"], "ID:SECRET"),
            (&[], "--client"),
            (&["--client", "a:1", "--redirect-uri", "b=http://localhost/"], "\"b\""),
            (&["--client", "a:1", "--redirect-uri", "a=/cb"], "ID=URI"),
        ] {
            let message = parse(arguments).unwrap_err();
            assert!(message.contains(named), "{arguments:?}: {message}");
        }
    }
}
