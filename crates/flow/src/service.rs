//! The service a person picked, with what is needed to connect it and to name it.

use railz_connect_contract::{Integration, IntegrationUuid, ServiceName};

/// A picked service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The service.
    pub name: ServiceName,
    /// The integration it goes through; none for the sandbox form, which names a provider only.
    pub integration: Option<IntegrationUuid>,
    /// What was asked before the window opens, as it was answered: the shop's name, or the environment's address.
    pub answer: Option<String>,
    /// The server's name for it.
    pub display_name: Option<String>,
    /// The server's picture of it.
    pub logo_url: Option<String>,
}

impl Chosen {
    /// The service behind a tile.
    pub fn integration(integration: &Integration) -> Self {
        Self {
            name: integration.service.clone(),
            integration: Some(integration.uuid.clone()),
            answer: None,
            display_name: integration.display_name.clone(),
            logo_url: integration.logo_url.clone(),
        }
    }

    /// A provider of the sandbox form.
    pub fn mock(integration: &Integration) -> Self {
        Self { integration: None, ..Self::integration(integration) }
    }
}
