//! A practice QuickBooks Web Connector: reads a connector file and makes one round of calls, as the real one does on
//! somebody's Windows machine when *Update Selected* is pressed.
//!
//! It sends the password to the address in the file, so that address must be on this machine: anything else is refused.

use std::{fs, io, net::Ipv4Addr, net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};

use clap::Parser;
use reqwest::{Client, header};
use simulator::web_connector::{OpenFile, RoundOutcome, element_text, run_round};
use url::{Host, Url};

/// How long one call may take.
const CALL_TIMEOUT: Duration = Duration::from_secs(10);

/// Makes one round of calls with a connector file, as QuickBooks Web Connector does. Prints `done`, or says what went
/// wrong and exits with 1.
#[derive(Debug, Parser)]
#[command(name = "practice-web-connector", version)]
struct Arguments {
    /// The connector file (QWC) that the widget offered
    #[arg(long, value_name = "FILE.qwc")]
    connector: PathBuf,
    /// The password that the widget showed
    #[arg(long, allow_hyphen_values = true)]
    password: String,
    /// The company whose file is open in QuickBooks
    #[arg(long, default_value = "Practice Company", conflicts_with = "closed")]
    company: String,
    /// No company file is open: QuickBooks refuses every request
    #[arg(long)]
    closed: bool,
}

/// Why no round was made, or how it failed.
#[derive(Debug, thiserror::Error)]
enum ConnectorError {
    #[error("cannot read the connector file {0}: {1}")]
    File(PathBuf, io::Error),
    #[error(
        "{0} is no connector file: its AppURL must be an http address on this machine, such as \
         http://connect.localhost:8081/quickbooksDesktop/soap"
    )]
    Address(PathBuf),
    #[error(transparent)]
    Client(#[from] reqwest::Error),
    #[error(
        "the server does not let this connector in: {0} (nvu: wrong password; busy: another round is on)"
    )]
    NotLetIn(String),
    #[error("the server says: {0}")]
    Error(String),
    #[error("the server's answer is none: {0}")]
    NoAnswer(String),
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => {
            println!("done");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), ConnectorError> {
    let Arguments { connector, password, company, closed } = arguments;
    let file =
        fs::read_to_string(&connector).map_err(|error| ConnectorError::File(connector.clone(), error))?;
    let address = element_text(&file, "AppURL")
        .and_then(|address| parse_local_address(&address))
        .ok_or(ConnectorError::Address(connector))?;
    let client = build_client(&address)?;
    let open = if closed { OpenFile::None } else { OpenFile::Company(&company) };
    let post = async |address: &str, envelope: String| match post_envelope(&client, address, envelope).await {
        Ok(answer) => answer,
        Err(error) => error.to_string(),
    };
    match run_round(&file, &password, open, post).await {
        RoundOutcome::Done => Ok(()),
        RoundOutcome::NotLetIn(word) => Err(ConnectorError::NotLetIn(word)),
        RoundOutcome::Error(words) => Err(ConnectorError::Error(words)),
        RoundOutcome::NoAnswer(answer) => Err(ConnectorError::NoAnswer(answer)),
    }
}

async fn post_envelope(client: &Client, address: &str, envelope: String) -> reqwest::Result<String> {
    let request = client.post(address).header(header::CONTENT_TYPE, "text/xml; charset=utf-8");
    request.body(envelope).send().await?.text().await
}

/// An address on this machine.
fn parse_local_address(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok().filter(|url| url.scheme() == "http")?;
    let loopback = match url.host()? {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
    };
    loopback.then_some(url)
}

/// Names below localhost are this machine (RFC 6761, section 6.3), whatever the resolver knows of them.
fn build_client(address: &Url) -> reqwest::Result<Client> {
    let builder =
        Client::builder().timeout(CALL_TIMEOUT).no_proxy().redirect(reqwest::redirect::Policy::none());
    match address.host() {
        Some(Host::Domain(name)) => builder.resolve(name, SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        _ => builder,
    }
    .build()
}

#[cfg(test)]
mod tests {
    use super::parse_local_address;

    #[test]
    fn a_password_is_sent_to_this_machine_only() {
        for address in ["http://connect.localhost:8081/soap", "http://127.0.0.1:1/", "http://[::1]:1/"] {
            assert!(parse_local_address(address).is_some(), "{address}");
        }
        for address in ["http://connect.example/soap", "https://localhost/", "http://10.0.0.1/", "soap", ""] {
            assert!(parse_local_address(address).is_none(), "{address}");
        }
    }
}
