//! The settings of the second Connect server: every service there is, at the practice provider.
//!
//! The usual server offers accounting services by plain OAuth only, since the npm package of 2.23 goes another way once
//! banking or commerce is offered. Nothing is set here that the defaults of a service would do.

use std::path::Path;

use practice_services::{Provider, SERVICES, oauth_table};

use crate::settings::{ALL_SERVICES_CLIENT, head};

/// A service of the configuration alone at which a company is chosen.
pub const CHOOSING_SERVICE: &str = "harbourLedger";

/// The configuration file's text. `port` is the server's own.
pub fn settings(dist: &Path, port: u16, provider: u16) -> String {
    let mut text = head(dist, port);
    let at = Provider { port: provider };
    for service in &SERVICES {
        let extra = match service.id {
            "zohoBooks" => data_centres(provider),
            "plaid" => "check_after_seconds = 0\n".to_owned(),
            _ => String::new(),
        };
        text += &service.table(ALL_SERVICES_CLIENT, at, &extra);
    }
    text += &oauth_table(CHOOSING_SERVICE, ALL_SERVICES_CLIENT, at, &harbour_ledger(at));
    text
}

/// Sign-ins begin at a data centre that is closed to the server; the callback names the one where they end.
fn data_centres(provider: u16) -> String {
    let inside = format!("http://127.0.0.1:{provider}/zohoBooks");
    let closed = "http://127.0.0.1:9";
    format!(
        "region = \"home\"\n\
         regions.home = {{ accounts = \"{closed}\", tokens = \"{closed}\", api = \"{closed}\" }}\n\
         regions.practice = {{ accounts = \"http://provider.localhost:{provider}/zohoBooks\", \
         tokens = \"{inside}\", api = \"{inside}/api\" }}\n\
         token_url = \"{{tokens}}/token\"\n\
         revoke_url = \"{{tokens}}/revoke\"\n\
         accounts_url = \"{{api}}/accounts\"\n"
    )
}

/// Everything about it is data, the list of its companies too.
fn harbour_ledger(provider: Provider) -> String {
    format!(
        "name = \"Harbour Ledger\"\n\
         scopes = [\"accounting\"]\n\
         choose_account = true\n\
         accounts_items = \"/companies\"\n\
         account_id = \"/id\"\n\
         account_label = \"/name\"\n\
         accounts_url = \"{}/api/accounts\"\n",
        provider.server_address(CHOOSING_SERVICE)
    )
}
