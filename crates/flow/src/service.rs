//! The service that a person selected, with what is needed to connect it and to name it.

use railz_connect_contract::{ConnectionId, ExtraConfigurations, Integration, IntegrationUuid, ServiceName};

use crate::bank::KnownBank;
use crate::config::is_web_address;
use crate::field::{CredentialForm, Field};

/// The service that a person selected, or whose connection they renew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectedService {
    /// The name that the server knows it by.
    pub name: ServiceName,
    /// The integration it goes through; none for the sandbox form, which names a provider only.
    pub integration: Option<IntegrationUuid>,
    /// What was asked before the window opens, as it was answered: the shop's name, or the environment's address.
    pub answer: Option<String>,
    /// The server's name for it.
    pub display_name: Option<String>,
    /// The server's picture of it, where its address is one of the web.
    pub logo_url: Option<String>,
    /// Which web services addresses are asked for once a company was chosen (contract rule D6).
    pub extra: ExtraConfigurations,
    /// The bank that is to work again; none where a new one is linked.
    pub bank: Option<KnownBank>,
    /// Which connection to it a sign-in in a window is for.
    pub target: ConnectionTarget,
}

/// Which connection a sign-in is for. A business usually has one a service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum ConnectionTarget {
    /// The one that the business has, or its first.
    #[default]
    Usual,
    /// This one, which is renewed.
    Existing(ConnectionId),
    /// A further one, for another company.
    New,
}

/// How a service is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConnectMethod {
    /// With a press, or the sandbox form.
    Sandbox,
    /// By signing in, in a window.
    Window,
    /// With credentials that are typed.
    Credentials(CredentialForm),
    /// With a file for QuickBooks Web Connector.
    WebConnector,
    /// With the banks' script.
    Bank,
}

impl SelectedService {
    /// The service behind a tile.
    pub fn of_integration(integration: &Integration) -> Self {
        Self {
            name: integration.service.clone(),
            integration: Some(integration.uuid.clone()),
            answer: None,
            display_name: integration.display_name.clone(),
            logo_url: integration.logo_url.clone().filter(|url| is_web_address(url)),
            extra: integration.extra_configurations.unwrap_or_default(),
            bank: None,
            target: ConnectionTarget::Usual,
        }
    }

    /// A provider of the sandbox form.
    pub fn of_mock_provider(integration: &Integration) -> Self {
        Self { integration: None, ..Self::of_integration(integration) }
    }

    /// How it is connected.
    pub fn method(&self) -> ConnectMethod {
        match self.name.as_str() {
            ServiceName::SANDBOX => ConnectMethod::Sandbox,
            "oracleNetsuite" => ConnectMethod::Credentials(CredentialForm::Netsuite),
            "sageIntacct" => ConnectMethod::Credentials(CredentialForm::Intacct),
            "quickbooksDesktop" => ConnectMethod::WebConnector,
            "plaid" => ConnectMethod::Bank,
            _ => ConnectMethod::Window,
        }
    }

    /// The addresses that are asked for once a company was chosen (Business Central alone).
    pub(crate) fn extra_fields(&self) -> Vec<Field> {
        let vendors = [Field::VendorList, Field::VendorCard];
        let customers = [Field::CustomerList, Field::CustomerCard];
        let asked = [
            (self.extra.show_vendor_bank_account_steps, vendors),
            (self.extra.show_customer_bank_account_steps, customers),
        ];
        asked.into_iter().filter(|(asked, _)| *asked).flat_map(|(_, fields)| fields).collect()
    }
}
