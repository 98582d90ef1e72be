//! The demo's server configuration: every service there is, each at the practice provider on this machine.

use std::path::Path;

use super::Ports;

/// Services of plain OAuth that tell the company without a list.
const PLAIN: [&str; 2] = ["quickbooks", "wave"];
/// The services at which companies are listed behind a sign-in.
const LISTED: [&str; 7] =
    ["xero", "freshbooks", "sageBusinessCloud", "zohoBooks", "myob", "dynamics365Finance", "square"];
/// A service that no widget has ever heard of: only the server's configuration tells its name.
const NEW: (&str, &str) = ("harbourBooks", "Harbour Books");
const BUSINESS_CENTRAL: &str = "dynamicsBusinessCentral";
const SHOPIFY: &str = "shopify";

/// Practice credentials: they open nothing but the practice provider on this machine.
const PRACTICE_SECRET: &str = "practice-secret";

/// The configuration file's text.
pub(super) fn text(dist: &Path, ports: Ports) -> String {
    let mut text = format!(
        "# Written by `cargo xtask demo`, anew each time.\n\
         public_url = \"{}\"\n\
         listen = \"127.0.0.1:{}\"\n\
         database = \"connect.db\"\n\
         key_file = \"connect.key\"\n\
         widget_files = '{}'\n",
        ports.connect_url(),
        ports.connect,
        dist.display(),
    );
    for id in oauth_services() {
        text.push_str(&oauth(id, ports));
    }
    text.push_str(&by_credentials(ports));
    text
}

/// The practice provider's clients, as its command line takes them. The services without OAuth share one.
pub(super) fn clients() -> impl Iterator<Item = String> {
    let shared = format!("practice:{PRACTICE_SECRET}");
    oauth_services().map(|id| format!("{}:{PRACTICE_SECRET}", client_id(id))).chain([shared])
}

fn oauth_services() -> impl Iterator<Item = &'static str> {
    PLAIN.into_iter().chain(LISTED).chain([BUSINESS_CENTRAL, SHOPIFY, NEW.0])
}

fn client_id(service: &str) -> String {
    format!("practice-{service}")
}

/// The browser goes to the provider's public name, the server to the loopback address behind it.
fn oauth(id: &str, ports: Ports) -> String {
    let inside = format!("http://127.0.0.1:{}/{id}", ports.provider);
    let outside = format!("{}/{id}", ports.provider_url());
    let further = match id {
        _ if id == NEW.0 => format!("name = \"{}\"\nkind = \"accounting\"\n", NEW.1),
        BUSINESS_CENTRAL => format!(
            "accounts_url = \"{inside}/api/accounts\"\n\
             companies_url = \"{inside}/api/{{environment}}/companies\"\n\
             vendor_bank_account_steps = true\n"
        ),
        _ if LISTED.contains(&id) => format!("accounts_url = \"{inside}/api/accounts\"\n"),
        _ => String::new(),
    };
    // A real shop has a host of its own; the practice one is told by a parameter.
    let shop = if id == SHOPIFY { "?shop={shop}" } else { "" };
    format!(
        "\n[services.{id}]\n\
         {further}\
         client_id = \"{}\"\n\
         client_secret = \"{PRACTICE_SECRET}\"\n\
         authorize_url = \"{outside}/authorize{shop}\"\n\
         token_url = \"{inside}/token\"\n\
         revoke_url = \"{inside}/revoke\"\n\
         issuer = \"{outside}\"\n\
         require_iss = true\n\
         scopes = [\"accounting\"]\n\
         client_authentication = \"basic\"\n",
        client_id(id),
    )
}

/// The services without OAuth. Practice addresses are permitted by name: typed ones never lead to this machine otherwise.
fn by_credentials(ports: Ports) -> String {
    let inside = format!("http://127.0.0.1:{}", ports.provider);
    format!(
        "\n[services.oracleNetsuite]\n\
         client_id = \"practice\"\n\
         client_secret = \"{PRACTICE_SECRET}\"\n\
         service_addresses = [\"{inside}/netsuite/{{account}}\"]\n\
         \n[services.sageIntacct]\n\
         sender_id = \"practice\"\n\
         sender_password = \"{PRACTICE_SECRET}\"\n\
         gateway_url = \"{inside}/intacct/ia/xml/xmlgw.phtml\"\n\
         \n[services.quickbooksDesktop]\n\
         \n[services.plaid]\n\
         client_id = \"practice\"\n\
         client_secret = \"{PRACTICE_SECRET}\"\n\
         api_url = \"{inside}/plaid\"\n\
         script_url = \"{}/plaid/link-initialize.js\"\n",
        ports.provider_url(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_and_the_server_reach_the_provider_by_different_names() {
        let text = text(Path::new("/somewhere/dist"), Ports::from_first(9000).unwrap());
        assert!(text.contains("authorize_url = \"http://provider.localhost:9002/xero/authorize\""), "{text}");
        assert!(text.contains("token_url = \"http://127.0.0.1:9002/xero/token\""), "{text}");
        assert!(text.contains("public_url = \"http://connect.localhost:9001\""), "{text}");
    }

    #[test]
    fn only_the_new_service_is_named_in_the_configuration() {
        let text = text(Path::new("/somewhere/dist"), Ports::from_first(9000).unwrap());
        assert_eq!(text.matches("\nname = ").count(), 1);
        assert!(text.contains("[services.harbourBooks]\nname = \"Harbour Books\""), "{text}");
    }
}
