//! The Connect server's configuration for journeys: which services there are, and where.

use std::path::Path;

/// A service that no widget was built with: the server's configuration alone brings it.
pub const UNKNOWN_SERVICE: &str = "harbourBooks";

/// The service behind npm's `OpenID` provider.
pub const OPENID_SERVICE: &str = "openLedger";

/// Services at the practice provider, each with what its configuration adds.
const PRACTICE: [(&str, &str); 5] = [
    ("quickbooks", ""),
    ("xero", ""),
    ("wave", ""),
    ("freshbooks", ""),
    (UNKNOWN_SERVICE, "name = \"Harbour Books\"\nkind = \"accounting\"\nscopes = [\"accounting\"]\n"),
];

/// The services at which companies are listed behind a sign-in.
const LISTED: [&str; 2] = ["xero", "freshbooks"];

/// Where the programs listen.
#[derive(Debug, Clone, Copy)]
pub struct Ports {
    /// The Connect server.
    pub connect: u16,
    /// The practice provider.
    pub provider: u16,
    /// npm's `OpenID` provider, if it runs.
    pub openid: Option<u16>,
}

/// The configuration file's text.
pub fn settings(dist: &Path, ports: &Ports) -> String {
    let Ports { connect, provider, openid } = *ports;
    let mut text = format!(
        "public_url = \"http://connect.localhost:{connect}\"\n\
         listen = \"127.0.0.1:{connect}\"\n\
         database = \"connect.db\"\n\
         key_file = \"connect.key\"\n\
         widget_files = {:?}\n",
        dist.to_string_lossy()
    );
    for (service, further) in PRACTICE {
        text += &practice(service, further, provider);
    }
    if let Some(port) = openid {
        text += &open_ledger(port);
    }
    text
}

/// Browsers go to the provider by its own site's name, the server by the address.
fn practice(service: &str, further: &str, port: u16) -> String {
    let listed = if LISTED.contains(&service) {
        format!("accounts_url = \"http://127.0.0.1:{port}/{service}/api/accounts\"\n")
    } else {
        String::new()
    };
    format!(
        "\n[services.{service}]\n{further}{listed}\
         client_id = \"practice\"\n\
         client_secret = \"practice-secret\"\n\
         authorize_url = \"http://provider.localhost:{port}/{service}/authorize\"\n\
         token_url = \"http://127.0.0.1:{port}/{service}/token\"\n\
         revoke_url = \"http://127.0.0.1:{port}/{service}/revoke\"\n\
         issuer = \"http://provider.localhost:{port}/{service}\"\n"
    )
}

fn open_ledger(port: u16) -> String {
    format!(
        "\n[services.{OPENID_SERVICE}]\n\
         name = \"Open Ledger\"\n\
         kind = \"accounting\"\n\
         scopes = [\"openid\", \"offline_access\"]\n\
         client_id = \"connect\"\n\
         client_secret = \"connect-secret-of-the-journeys\"\n\
         authorize_url = \"http://openid.localhost:{port}/auth\"\n\
         token_url = \"http://127.0.0.1:{port}/token\"\n\
         issuer = \"http://openid.localhost:{port}\"\n\
         require_iss = true\n"
    )
}
