//! The Connect server's configuration for journeys: which services there are, and where. `all_services.rs` has the second server's.

use std::path::Path;

use practice_services::{CLIENT, Provider};

/// A service that no widget was built with: the server's configuration alone brings it.
pub const UNKNOWN_SERVICE: &str = "harbourBooks";

/// The service behind npm's `OpenID` provider.
pub const OPENID_SERVICE: &str = "openLedger";

/// The same, with access tokens of a few seconds.
pub const BRIEF_SERVICE: &str = "briefLedger";

/// Services at the practice provider. It is accounting by OAuth only, since the npm package of 2.23 goes another way once
/// banking or commerce is offered.
const OFFERED: [&str; 5] = ["quickbooks", "xero", "wave", "freshbooks", UNKNOWN_SERVICE];

/// A service with more screens behind the choice of a company; at the server of all services it has none.
const WITH_STEPS: &str = "dynamicsBusinessCentral";

/// The client that the server of all services is at the practice provider, whose log tells it from the other by that.
pub const ALL_SERVICES_CLIENT: &str = "practice-all-services";

/// Where the programs listen.
#[derive(Debug, Clone, Copy)]
pub struct Ports {
    /// The Connect server, on 127.0.0.1.
    pub connect: u16,
    /// The practice provider, on 127.0.0.1.
    pub provider: u16,
    /// npm's `OpenID` provider, if it runs.
    pub openid: Option<u16>,
}

/// The configuration file's text.
pub fn settings(dist: &Path, ports: &Ports) -> String {
    let Ports { connect, provider, openid } = *ports;
    let mut text = head(dist, connect);
    let provider = Provider { port: provider };
    for service in OFFERED.iter().filter_map(|id| practice_services::find(id)) {
        text += &service.table(CLIENT, provider, "");
    }
    if let Some(service) = practice_services::find(WITH_STEPS) {
        let steps = "vendor_bank_account_steps = true\ncustomer_bank_account_steps = true\n";
        text += &service.table(CLIENT, provider, steps);
    }
    if let Some(port) = openid {
        text += &openid_service(OPENID_SERVICE, "Open Ledger", "connect", port);
        text += &openid_service(BRIEF_SERVICE, "Brief Ledger", "connect-brief", port);
        // Renewed after a reload: a page may do so where the company can be told.
        let list = format!("http://127.0.0.1:{port}/companies");
        text.extend(["accounts_url = \"", &list, "\"\naccounts_items = \"\"\n"]);
        text += "account_id = \"/id\"\naccount_label = \"/name\"\n";
        // Two seconds after an answer a token of four seconds is due.
        text += "\n[refresh]\nevery_seconds = 1\n";
    }
    text
}

/// What is said before the services.
pub fn head(dist: &Path, port: u16) -> String {
    format!(
        "public_url = \"http://connect.localhost:{port}\"\n\
         listen = \"127.0.0.1:{port}\"\n\
         database = \"connect.db\"\n\
         key_file = \"connect.key\"\n\
         widget_files = {:?}\n\
         \n\
         [webhooks]\n\
         allow_private = true\n",
        dist.to_string_lossy()
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
