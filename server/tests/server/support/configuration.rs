//! The configuration of a server whose services are all at one provider.

use super::ServerOptions;
use super::provider::Provider;

impl Provider {
    pub fn configuration(&self, wish: &ServerOptions) -> String {
        let ServerOptions { public_url, service_extra, top, services, non_oauth, .. } = wish;
        let services: String = services.iter().map(|(id, extra)| self.service(id, extra)).collect();
        let address = &self.address;
        let service_extra = service_extra.replace('@', address);
        format!(
            r#"
            public_url = "{public_url}"
            listen = "127.0.0.1:0"
            {top}
            [attempts]
            exchange_timeout_seconds = 3
            [services.xero]
            client_id = "practice"
            client_secret = "practice-secret"
            logo_url = "https://books.example/xero.svg"
            authorize_url = "{address}/authorize"
            token_url = "{address}/token"
            issuer = "{address}"
            accounts_url = "{address}/lists/connections"
            refresh_token_days = 400
            {service_extra}
            [services.harbourBooks]
            client_id = "harbour"
            client_secret = "harbour-secret"
            name = "Harbour <Books>"
            authorize_url = "{address}/authorize"
            token_url = "{address}/token"
            client_authentication = "post"
            {services}
            {non_oauth}
            "#
        )
    }

    /// One more service at this provider. `@` in `extra` is the provider's address.
    fn service(&self, id: &str, extra: &str) -> String {
        let address = &self.address;
        let mut extra = extra.replace('@', address);
        let company = match id {
            "quickbooks" | "myob" => "company_url = \"@/companies/{company}\"",
            "wave" | "shopify" => "company_url = \"@/graphql\"",
            _ => "",
        };
        if !extra.contains("company_url") {
            extra = format!("{}\n{extra}", company.replace('@', address));
        }
        if !extra.contains("token_url") {
            extra = format!("token_url = \"{address}/token\"\n{extra}");
        }
        format!(
            r#"
            [services.{id}]
            client_id = "harbour"
            client_secret = "harbour-secret"
            client_authentication = "post"
            authorize_url = "{address}/authorize"
            {extra}
            "#
        )
    }
}
