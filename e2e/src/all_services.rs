//! The settings of the second Connect server: every service there is, each with its own habits, at the practice provider.
//!
//! The usual server offers accounting services by plain OAuth only, since the npm package of 2.23 goes another way once
//! banking or commerce is offered. Nothing is set here that the defaults of a service would do.

use std::path::Path;

use crate::settings::{ALL_SERVICES_CLIENT, UNKNOWN_SERVICE, environments, head, listed, practice};

/// A service of the configuration alone at which a company is chosen.
pub const CHOOSING_SERVICE: &str = "harbourLedger";

/// Services whose companies are listed, beside Zoho Books.
const LISTED: [&str; 6] = ["xero", "freshbooks", "sageBusinessCloud", "myob", "dynamics365Finance", "square"];

/// Services that tell the company without a list.
const PLAIN: [&str; 2] = ["quickbooks", "wave"];

/// The configuration file's text. `port` is the server's own.
pub fn settings(dist: &Path, port: u16, provider: u16) -> String {
    let at_practice =
        |service: &str, further: &str| practice(service, further, ALL_SERVICES_CLIENT, provider);
    let mut text = head(dist, port);
    for service in PLAIN {
        text += &at_practice(service, "");
    }
    for service in LISTED {
        text += &at_practice(service, &listed(service, provider));
    }
    text += &at_practice("zohoBooks", &data_centres(provider));
    text += &at_practice("dynamicsBusinessCentral", &environments(provider));
    text += &at_practice("shopify", &shop(provider));
    text += &at_practice(UNKNOWN_SERVICE, "name = \"Harbour Books\"\nscopes = [\"accounting\"]\n");
    text += &at_practice(CHOOSING_SERVICE, &harbour_ledger(provider));
    text.push_str(&by_credentials(provider));
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

/// A real shop has a host of its own, and so needs no parameter.
fn shop(provider: u16) -> String {
    format!("authorize_url = \"http://provider.localhost:{provider}/shopify/authorize?shop={{shop}}\"\n")
}

/// Everything about it is data, the list of its companies too.
fn harbour_ledger(provider: u16) -> String {
    format!(
        "name = \"Harbour Ledger\"\n\
         scopes = [\"accounting\"]\n\
         choose_account = true\n\
         accounts_items = \"/companies\"\n\
         account_id = \"/id\"\n\
         account_label = \"/name\"\n{}",
        listed(CHOOSING_SERVICE, provider)
    )
}

/// The services without OAuth. Practice addresses are permitted by name: typed ones never lead to this machine otherwise.
fn by_credentials(provider: u16) -> String {
    format!(
        "\n[services.oracleNetsuite]\n\
         client_id = \"practice\"\n\
         client_secret = \"practice-secret\"\n\
         service_addresses = [\"http://127.0.0.1:{provider}/netsuite/{{account}}\"]\n\
         \n[services.sageIntacct]\n\
         sender_id = \"practice\"\n\
         sender_password = \"practice-secret\"\n\
         gateway_url = \"http://127.0.0.1:{provider}/intacct/ia/xml/xmlgw.phtml\"\n\
         \n[services.quickbooksDesktop]\n\
         \n[services.plaid]\n\
         client_id = \"practice\"\n\
         client_secret = \"practice-secret\"\n\
         api_url = \"http://127.0.0.1:{provider}/plaid\"\n\
         script_url = \"http://provider.localhost:{provider}/plaid/link-initialize.js\"\n\
         check_after_seconds = 0\n"
    )
}
