//! How a screen names a service.

use railz_connect_contract::ServiceName;

use crate::service::SelectedService;

/// A service for people: the shell has the names and pictures of those that it knows, the server's stand in for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceLabel {
    /// The id, for which this widget may have a name and a picture.
    pub name: ServiceName,
    /// The server's name for it.
    pub display_name: Option<String>,
    /// The server's picture of it.
    pub logo_url: Option<String>,
}

impl ServiceLabel {
    pub(crate) fn of(service: &SelectedService) -> Self {
        Self {
            name: service.name.clone(),
            display_name: service.display_name.clone(),
            logo_url: service.logo_url.clone(),
        }
    }
}
