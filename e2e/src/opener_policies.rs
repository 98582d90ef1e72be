//! The settings of a third Connect server: the same service under each opener policy that a provider's pages may have.
//!
//! The practice provider is told by a parameter of its address, so that its first answer already carries the header, as a
//! real one's does. A server of its own, so that no other journey finds these services in its list.

use std::path::Path;

use practice_services::{CLIENT, Provider, oauth_table};

use crate::settings::head;

/// A provider's `Cross-Origin-Opener-Policy`, and the service that has it.
#[derive(Debug, Clone, Copy)]
pub struct OpenerPolicy {
    /// The header's value; `off` where there is none.
    pub header: &'static str,
    /// The service's id.
    pub service: &'static str,
}

/// All that browsers know.
pub const OPENER_POLICIES: [OpenerPolicy; 4] = [
    OpenerPolicy { header: "off", service: "openBooks" },
    OpenerPolicy { header: "same-origin", service: "isolatedBooks" },
    OpenerPolicy { header: "same-origin-allow-popups", service: "popupBooks" },
    OpenerPolicy { header: "noopener-allow-popups", service: "noopenerBooks" },
];

/// The configuration file's text. `port` is the server's own.
pub fn settings(dist: &Path, port: u16, provider: u16) -> String {
    let services = OPENER_POLICIES.map(|OpenerPolicy { header, service }| {
        let further = format!(
            "name = \"Books ({header})\"\n\
             scopes = [\"accounting\"]\n\
             authorize_parameters = {{ coop = \"{header}\" }}\n"
        );
        oauth_table(service, CLIENT, Provider { port: provider }, &further)
    });
    head(dist, port) + services.concat().as_str()
}
