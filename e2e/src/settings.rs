//! The Connect server's configuration for journeys: which services there are, and where. `all_services.rs` has the second server's.

use std::path::Path;

/// A service that no widget was built with: the server's configuration alone brings it.
pub const UNKNOWN_SERVICE: &str = "harbourBooks";

/// The service behind npm's `OpenID` provider.
pub const OPENID_SERVICE: &str = "openLedger";

/// The same, with access tokens of a few seconds.
pub const BRIEF_SERVICE: &str = "briefLedger";

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

/// A service with more screens behind the choice of a company; at the server of all services it has none.
const WITH_STEPS: &str = "dynamicsBusinessCentral";

/// The client that each server is at the practice provider, whose log is told apart by it.
pub const CLIENT: &str = "practice";

/// The same for the server of all services.
pub const ALL_SERVICES_CLIENT: &str = "practice-all-services";

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
    let mut text = head(dist, connect);
    for (service, further) in PRACTICE {
        let further = if LISTED.contains(&service) {
            format!("{further}{}", listed(service, provider))
        } else {
            further.to_owned()
        };
        text += &practice(service, &further, CLIENT, provider);
    }
    text += &practice(WITH_STEPS, &with_steps(provider), CLIENT, provider);
    if let Some(port) = openid {
        text += &openid_service(OPENID_SERVICE, "Open Ledger", "connect", port);
        text += &openid_service(BRIEF_SERVICE, "Brief Ledger", "connect-brief", port);
        // Two seconds after an answer a token of four seconds is due.
        text += "\n[refresh]\nevery_seconds = 1\n";
    }
    text
}

fn with_steps(provider: u16) -> String {
    let environments = environments(provider);
    format!("{environments}vendor_bank_account_steps = true\ncustomer_bank_account_steps = true\n")
}

/// What is said before the services.
pub fn head(dist: &Path, port: u16) -> String {
    format!(
        "public_url = \"http://connect.localhost:{port}\"\n\
         listen = \"127.0.0.1:{port}\"\n\
         database = \"connect.db\"\n\
         key_file = \"connect.key\"\n\
         widget_files = {:?}\n",
        dist.to_string_lossy()
    )
}

/// Where the practice provider lists companies.
pub fn listed(service: &str, port: u16) -> String {
    format!("accounts_url = \"http://127.0.0.1:{port}/{service}/api/accounts\"\n")
}

/// Business Central lists environments, and the companies of each.
pub fn environments(provider: u16) -> String {
    let api = format!("http://127.0.0.1:{provider}/dynamicsBusinessCentral/api");
    format!(
        "accounts_url = \"{api}/accounts\"\n\
         companies_url = \"{api}/{{environment}}/companies\"\n"
    )
}

/// A service at the practice provider: browsers go there by its own site's name, the server by the address. What
/// `further` says of an address goes before what is usual.
pub fn practice(service: &str, further: &str, client: &str, port: u16) -> String {
    let outside = format!("http://provider.localhost:{port}/{service}");
    let inside = format!("http://127.0.0.1:{port}/{service}");
    let line = |key: &str, usual: String| {
        if further.contains(key) { String::new() } else { format!("{key} = \"{usual}\"\n") }
    };
    let authorize = line("authorize_url", format!("{outside}/authorize"));
    let token = line("token_url", format!("{inside}/token"));
    let revoke = line("revoke_url", format!("{inside}/revoke"));
    format!(
        "\n[services.{service}]\n{further}\
         client_id = \"{client}\"\n\
         client_secret = \"practice-secret\"\n\
         issuer = \"{outside}\"\n\
         {authorize}{token}{revoke}"
    )
}

fn openid_service(service: &str, name: &str, client: &str, port: u16) -> String {
    format!(
        "\n[services.{service}]\n\
         name = \"{name}\"\n\
         kind = \"accounting\"\n\
         scopes = [\"openid\", \"offline_access\"]\n\
         client_id = \"{client}\"\n\
         client_secret = \"connect-secret-of-the-journeys\"\n\
         authorize_url = \"http://openid.localhost:{port}/auth\"\n\
         token_url = \"http://127.0.0.1:{port}/token\"\n\
         revoke_url = \"http://127.0.0.1:{port}/token/revocation\"\n\
         issuer = \"http://openid.localhost:{port}\"\n\
         require_iss = true\n"
    )
}
