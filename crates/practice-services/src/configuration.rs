//! What a Connect server's configuration says of a practice service: a `[services.…]` table of `connect.toml`.
//!
//! Browsers reach the practice provider by a name of its own site, the server by the loopback address behind it.

use railz_connect_contract::ServiceKind;

use crate::{Method, PracticeService};

/// The client id that every practice service knows; the practice provider takes others on its command line.
pub const CLIENT: &str = "practice";
/// The secret of each client. It opens nothing but the practice provider on this machine.
pub const CLIENT_SECRET: &str = "practice-secret";

/// A running practice provider, as the configuration names it.
#[derive(Debug, Clone, Copy)]
pub struct Provider {
    /// Its port on 127.0.0.1, where it is also `provider.localhost`.
    pub port: u16,
}

impl Provider {
    /// A service's address for browsers, without a slash at the end.
    pub fn public_address(self, id: &str) -> String {
        format!("http://provider.localhost:{}/{id}", self.port)
    }

    /// A service's address for servers, without a slash at the end.
    pub fn server_address(self, id: &str) -> String {
        format!("http://127.0.0.1:{}/{id}", self.port)
    }
}

/// The table of a service behind OAuth. `client` is its client id; the lines of `further` take the place of what is usual.
pub fn oauth_table(id: &str, client: &str, provider: Provider, further: &str) -> String {
    let (outside, inside) = (provider.public_address(id), provider.server_address(id));
    let mut table = format!("\n[services.{id}]\n{further}");
    for (key, value) in [
        ("client_id", client),
        ("client_secret", CLIENT_SECRET),
        ("issuer", &outside),
        ("authorize_url", &format!("{outside}/authorize")),
        ("token_url", &format!("{inside}/token")),
        ("revoke_url", &format!("{inside}/revoke")),
        ("api_url", &format!("{inside}/api")),
    ] {
        if !has_line(further, key) {
            table.extend([key, " = \"", value, "\"\n"]);
        }
    }
    table
}

/// Whether one of these lines sets a key.
fn has_line(lines: &str, key: &str) -> bool {
    lines.lines().any(|line| line.split(" = ").next() == Some(key))
}

impl PracticeService {
    /// The service's table. `client` is the client id of a service behind OAuth, the others know [`CLIENT`]; the lines
    /// of `further` take the place of what is usual.
    pub fn table(&self, client: &str, provider: Provider, further: &str) -> String {
        let inside = provider.server_address(self.id);
        let own = match self.method {
            Method::OAuth => String::new(),
            Method::OAuthWithList => format!("accounts_url = \"{inside}/api/accounts\"\n"),
            Method::OAuthWithEnvironments => format!(
                "accounts_url = \"{inside}/api/accounts\"\n\
                 companies_url = \"{inside}/api/{{environment}}/companies\"\n"
            ),
            // A real shop has a host of its own; the practice one is told by a parameter.
            Method::OAuthOfShop => {
                format!("authorize_url = \"{}/authorize?shop={{shop}}\"\n", provider.public_address(self.id))
            }
            Method::OAuthByConfiguration => {
                let kind = kind_name(self.kind);
                format!("name = \"{}\"\nkind = \"{kind}\"\nscopes = [\"accounting\"]\n", self.name)
            }
            Method::NetSuite | Method::Intacct | Method::WebConnector | Method::Plaid => {
                return format!("\n[services.{}]\n{}{further}", self.id, self.credentials(provider));
            }
        };
        let own = match self.company_path() {
            Some(path) => format!("{own}company_url = \"{inside}{path}\"\n"),
            None => own,
        };
        let mut lines = further.to_owned();
        for line in own.lines() {
            if !line.split(" = ").next().is_some_and(|key| has_line(further, key)) {
                lines.extend([line, "\n"]);
            }
        }
        oauth_table(self.id, client, provider, &lines)
    }

    /// Where the practice provider tells of one company, for the services that are asked about one.
    fn company_path(&self) -> Option<&'static str> {
        match self.id {
            "quickbooks" | "myob" => Some("/api/companies/{company}"),
            "wave" | "shopify" => Some("/api/graphql"),
            _ => None,
        }
    }

    /// What a service without OAuth is reached with. Practice addresses are permitted by name: typed ones never lead to
    /// this machine otherwise.
    fn credentials(&self, provider: Provider) -> String {
        let inside = |path: &str| provider.server_address(path);
        match self.method {
            Method::NetSuite => format!(
                "client_id = \"{CLIENT}\"\n\
                 client_secret = \"{CLIENT_SECRET}\"\n\
                 service_addresses = [\"{}\"]\n",
                inside("netsuite/{account}")
            ),
            Method::Intacct => format!(
                "sender_id = \"{CLIENT}\"\n\
                 sender_password = \"{CLIENT_SECRET}\"\n\
                 gateway_url = \"{}\"\n",
                inside("intacct/ia/xml/xmlgw.phtml")
            ),
            Method::Plaid => format!(
                "client_id = \"{CLIENT}\"\n\
                 client_secret = \"{CLIENT_SECRET}\"\n\
                 api_url = \"{}\"\n\
                 script_url = \"{}\"\n",
                inside("plaid"),
                provider.public_address("plaid/link-initialize.js")
            ),
            Method::OAuth
            | Method::OAuthWithList
            | Method::OAuthWithEnvironments
            | Method::OAuthOfShop
            | Method::OAuthByConfiguration
            | Method::WebConnector => String::new(),
        }
    }
}

/// The kind's word in the configuration.
const fn kind_name(kind: ServiceKind) -> &'static str {
    match kind {
        ServiceKind::Banking => "banking",
        ServiceKind::Commerce => "commerce",
        ServiceKind::Accounting | ServiceKind::Unknown => "accounting",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SERVICES, find};

    const PROVIDER: Provider = Provider { port: 9 };

    #[test]
    fn the_browser_and_the_server_reach_the_provider_by_different_names() {
        let table = find("quickbooks").unwrap().table("me", PROVIDER, "");
        assert_eq!(
            table,
            "\n[services.quickbooks]\n\
             company_url = \"http://127.0.0.1:9/quickbooks/api/companies/{company}\"\n\
             client_id = \"me\"\n\
             client_secret = \"practice-secret\"\n\
             issuer = \"http://provider.localhost:9/quickbooks\"\n\
             authorize_url = \"http://provider.localhost:9/quickbooks/authorize\"\n\
             token_url = \"http://127.0.0.1:9/quickbooks/token\"\n\
             revoke_url = \"http://127.0.0.1:9/quickbooks/revoke\"\n\
             api_url = \"http://127.0.0.1:9/quickbooks/api\"\n"
        );
    }

    #[test]
    fn a_line_of_the_callers_own_takes_the_place_of_the_usual_one() {
        let further = "token_url = \"{tokens}/token\"\naccounts_url = \"{api}/accounts\"\n";
        let table = find("zohoBooks").unwrap().table(CLIENT, PROVIDER, further);
        assert_eq!((table.matches("token_url").count(), table.matches("accounts_url").count()), (1, 1));
        assert!(table.contains("{tokens}/token") && table.contains("{api}/accounts"), "{table}");
    }

    #[test]
    fn only_a_service_that_is_not_built_in_is_named() {
        let named = |service: &PracticeService| service.table(CLIENT, PROVIDER, "").contains("\nname = ");
        let named: Vec<_> = SERVICES.iter().filter(|service| named(service)).collect();
        assert_eq!(named, [find("harbourBooks").unwrap()]);
    }
}
