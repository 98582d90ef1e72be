//! The demo's server configuration: every service there is, each at the practice provider on this machine.

use std::path::Path;

use practice_services::{CLIENT, CLIENT_SECRET, PracticeService, Provider, SERVICES};

use super::ports::Ports;

/// The configuration file's text.
pub(super) fn text(dist: &Path, ports: Ports) -> String {
    let mut text = format!(
        "# Written by `cargo xtask demo`, anew each time.\n\
         public_url = \"{}\"\n\
         listen = \"127.0.0.1:{}\"\n\
         database = \"connect.db\"\n\
         key_file = \"connect.key\"\n\
         widget_files = '{}'\n\
         \n\
         [webhooks]\n\
         allow_private = true\n",
        ports.connect_url(),
        ports.connect,
        dist.display(),
    );
    let provider = Provider { port: ports.provider };
    for service in &SERVICES {
        text += &service.table(&client_id(service), provider, &further(service));
    }
    text
}

/// The practice provider's clients, as its command line takes them. The services without OAuth share one.
pub(super) fn clients() -> impl Iterator<Item = String> {
    let oauth = SERVICES.iter().filter(|service| service.is_oauth()).map(client_id);
    oauth.chain([CLIENT.to_owned()]).map(|client| format!("{client}:{CLIENT_SECRET}"))
}

fn client_id(service: &PracticeService) -> String {
    format!("{CLIENT}-{}", service.id)
}

/// What the demo sets beside what a service needs, so that all sign-ins look alike at the practice provider.
fn further(service: &PracticeService) -> String {
    if !service.is_oauth() {
        return String::new();
    }
    let steps =
        if service.id == "dynamicsBusinessCentral" { "vendor_bank_account_steps = true\n" } else { "" };
    format!("{steps}require_iss = true\nscopes = [\"accounting\"]\nclient_authentication = \"basic\"\n")
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
        let (_, table) = text.split_once("[services.harbourBooks]").unwrap();
        assert!(table.split("[services.").next().unwrap().contains("\nname = \"Harbour Books\""), "{text}");
    }
}
