//! Which services the operator configured: those of OAuth, and those that work otherwise.
//!
//! Filled by `config/`. Stands above every service's own folder; what needs no configuration is in `catalog.rs`.

use railz_connect_contract::{ExtraConfigurations, ServiceKind, ServiceName};

use super::catalog::{NonOAuthService, SANDBOX_NAME};
use super::intacct::settings as intacct;
use super::netsuite::settings as netsuite;
use super::oauth::builtin;
use super::oauth::service::Service;
use super::plaid::settings as plaid;
use super::quickbooks_desktop::settings as quickbooks_desktop;

/// What the operator configured of the services without plain OAuth.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Oracle NetSuite, where it is offered.
    pub netsuite: Option<netsuite::Settings>,
    /// Sage Intacct, where it is offered.
    pub intacct: Option<intacct::Settings>,
    /// QuickBooks Desktop, where it is offered.
    pub quickbooks_desktop: Option<quickbooks_desktop::Settings>,
    /// Plaid, where it is offered.
    pub plaid: Option<plaid::Settings>,
}

impl Settings {
    /// The configured ones, in the picker's order.
    pub fn services(&self) -> impl Iterator<Item = NonOAuthService> {
        NonOAuthService::ALL.into_iter().filter(|service| match service {
            NonOAuthService::Netsuite => self.netsuite.is_some(),
            NonOAuthService::Intacct => self.intacct.is_some(),
            NonOAuthService::QuickbooksDesktop => self.quickbooks_desktop.is_some(),
            NonOAuthService::Plaid => self.plaid.is_some(),
        })
    }

    /// A service's name in the picker.
    pub fn display_name(&self, service: NonOAuthService) -> &str {
        match (service, &self.plaid) {
            (NonOAuthService::Plaid, Some(plaid)) => &plaid.name,
            _ => service.name(),
        }
    }

    /// The configured service of this id.
    pub fn get(&self, id: &ServiceName) -> Option<NonOAuthService> {
        self.services().find(|service| service.id() == id.as_str())
    }
}

/// Those whose data the sandbox can imitate.
pub fn playable_services() -> impl Iterator<Item = PlayableService> {
    let accounting =
        NonOAuthService::ALL.into_iter().filter(|service| service.kind() == ServiceKind::Accounting);
    accounting.map(|service| PlayableService {
        id: ServiceName::new(service.id()),
        name: service.name().to_owned(),
    })
}

/// The configured OAuth services, in the order in which a picker lists them.
#[derive(Clone, Debug, Default)]
pub struct OauthServices(Vec<Service>);

impl OauthServices {
    /// The registry of these services, which the picker lists in this order.
    pub fn new(services: Vec<Service>) -> Self {
        Self(services)
    }

    /// Every configured OAuth service, in the picker's order.
    pub fn iter(&self) -> impl Iterator<Item = &Service> {
        self.0.iter()
    }

    /// The service of this id, where it is configured.
    pub fn get(&self, id: &ServiceName) -> Option<&Service> {
        self.0.iter().find(|service| &service.id == id)
    }

    /// The services whose data the sandbox can imitate: the accounting ones that are configured or built in.
    pub fn playable_services(&self) -> Vec<PlayableService> {
        let configured = self
            .iter()
            .filter(|service| service.kind == ServiceKind::Accounting)
            .map(|service| PlayableService { id: service.id.clone(), name: service.name.clone() });
        let built_in = builtin::all()
            .filter(|known| known.service.kind == ServiceKind::Accounting)
            .filter(|known| self.get(&ServiceName::new(known.service.id)).is_none())
            .map(|known| PlayableService {
                id: ServiceName::new(known.service.id),
                name: known.service.name.to_owned(),
            });
        configured.chain(built_in).chain(playable_services()).collect()
    }

    /// Which extra steps a widget shows behind a choice at this service, configured or in the sandbox.
    pub fn steps(&self, id: &ServiceName) -> Option<ExtraConfigurations> {
        match self.get(id) {
            Some(service) => service.profile.steps,
            None => builtin::get(id.as_str()).and_then(|known| (known.profile)().steps),
        }
    }

    /// The service's name for people, or its id where nobody knows one.
    pub fn display_name(&self, id: &ServiceName) -> String {
        if id.is_sandbox() {
            return SANDBOX_NAME.to_owned();
        }
        self.get(id)
            .map(|service| service.name.clone())
            .or_else(|| builtin::get(id.as_str()).map(|known| known.service.name.to_owned()))
            .or_else(|| NonOAuthService::of(id).map(|service| service.name().to_owned()))
            .unwrap_or_else(|| id.to_string())
    }
}

/// A service whose data the sandbox can imitate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlayableService {
    /// The service name that the sandbox is asked for.
    pub id: ServiceName,
    /// The name that the picker shows.
    pub name: String,
}
