//! What the host wants of a visit: where the person goes afterwards, what is offered, what comes back with the result.
//!
//! Of a minted visit the customer's back end says it, of an open one the page. All of it is bounded and checked when a session
//! opens, so that nobody is led to a place that the customer never registered.

use std::fmt;

use railz_connect_contract::ServiceName;
use serde_json::Value;

use super::registered_address::AddressError;
use super::widget::Widget;

/// The longest `state` of a host, in bytes.
const LONGEST_STATE: usize = 512;

/// The largest `metadata` of a host, in bytes of its JSON.
const LARGEST_METADATA: usize = 16 * 1024;

/// The settings of a visit as stored.
#[derive(Clone, Default, PartialEq)]
pub struct VisitSettings {
    /// Where the person goes with what was connected.
    pub success_url: Option<String>,
    /// Where the person goes without it.
    pub redirect_url: Option<String>,
    /// What ties the hand-over to the host's visitor; opaque to this server.
    pub state: Option<String>,
    /// The services that are offered; all that the widget has where it is none.
    pub services: Option<Vec<ServiceName>>,
    /// The host's own data, of any shape.
    pub metadata: Option<Value>,
}

impl fmt::Debug for VisitSettings {
    /// Without `state` and `metadata`, which are the host's secrets, and addresses, which may carry some.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("VisitSettings").field("services", &self.services).finish_non_exhaustive()
    }
}

/// Why a visit cannot have such settings.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// People of this widget are not sent there.
    #[error("{field}: {error}")]
    Address {
        /// The name of the field.
        field: &'static str,
        /// What is wrong with the address, and what would be right.
        error: AddressError,
    },
    /// A person cannot be sent to two places.
    #[error("successUrl and redirectUrl are both given: leave one of them out")]
    TwoAddresses,
    /// A state that is no reference but a store.
    #[error("state has {0} bytes: give {LONGEST_STATE} at most")]
    State(usize),
    /// Metadata that would not fit into what carries it.
    #[error("metadata has {0} bytes as JSON: give {LARGEST_METADATA} at most")]
    Metadata(usize),
    /// A list without anything to choose from.
    #[error("services is empty: name one of {}, or leave it out to offer all", names(.0))]
    NoServices(Vec<ServiceName>),
    /// The widget has no such service.
    #[error("services: number {place} is not offered by this widget, which has {}", names(offered))]
    Service {
        /// Where it stands in the list, from 1.
        place: usize,
        /// What the widget offers.
        offered: Vec<ServiceName>,
    },
}

fn names(services: &[ServiceName]) -> String {
    services.iter().map(ServiceName::as_str).collect::<Vec<_>>().join(", ")
}

impl VisitSettings {
    /// Checks them against the widget and the services that it has.
    ///
    /// # Errors
    /// [`SettingsError`], with what would be right.
    pub fn check(&self, widget: &Widget, offered: &[ServiceName]) -> Result<(), SettingsError> {
        for (field, address) in [("successUrl", &self.success_url), ("redirectUrl", &self.redirect_url)] {
            if let Some(address) = address {
                widget.accepts_address(address).map_err(|error| SettingsError::Address { field, error })?;
            }
        }
        if self.success_url.is_some() && self.redirect_url.is_some() {
            return Err(SettingsError::TwoAddresses);
        }
        match &self.state {
            Some(state) if state.len() > LONGEST_STATE => return Err(SettingsError::State(state.len())),
            _ => {}
        }
        let metadata = self.metadata.as_ref().map_or(0, |metadata| metadata.to_string().len());
        if metadata > LARGEST_METADATA {
            return Err(SettingsError::Metadata(metadata));
        }
        match self.services.as_deref() {
            Some([]) => Err(SettingsError::NoServices(offered.to_vec())),
            Some(services) => match services.iter().position(|service| !offered.contains(service)) {
                Some(before) => Err(SettingsError::Service { place: before + 1, offered: offered.to_vec() }),
                None => Ok(()),
            },
            None => Ok(()),
        }
    }
}
