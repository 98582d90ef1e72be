//! What a widget may offer: one entry a service.

use serde::{Deserialize, Serialize};

use crate::ids::{IntegrationUuid, ServiceName};
use crate::lenient::null_is_default;
use crate::names::travels_by_name;

/// A service as one widget offers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Integration {
    /// Which service, by its id.
    pub service: ServiceName,
    /// Which family of services it belongs to.
    #[serde(default, deserialize_with = "null_is_default")]
    pub service_kind: ServiceKind,
    /// The integration's id, given back as `integrationUuid`.
    pub uuid: IntegrationUuid,
    /// True for a provider of sandbox data: listed in the sandbox form, never in the picker.
    #[serde(default, deserialize_with = "null_is_default")]
    pub is_mock_data: bool,
    /// Ours: the service's name for people, which a widget shows where it has none of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Ours: the address of a picture of the service, where the operator supplies one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo_url: Option<String>,
    /// Which steps the service adds behind an account choice; never absent for `dynamicsBusinessCentral` (contract rule D6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra_configurations: Option<ExtraConfigurations>,
}

/// The steps that a service adds behind an account choice: addresses of its web services are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExtraConfigurations {
    /// Whether the addresses of the vendors' bank accounts are asked for.
    #[serde(default)]
    pub show_vendor_bank_account_steps: bool,
    /// Whether the addresses of the customers' bank accounts are asked for.
    #[serde(default)]
    pub show_customer_bank_account_steps: bool,
}

/// Which family of services one belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ServiceKind {
    /// Bookkeeping software.
    #[default]
    Accounting,
    /// Bank accounts, all linked through one service (`plaid`).
    Banking,
    /// Shops and tills.
    Commerce,
    /// A kind of a newer server.
    Unknown,
}

travels_by_name!(ServiceKind {
    Accounting = "accounting",
    Banking = "banking",
    Commerce = "commerce",
});
