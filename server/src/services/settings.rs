//! What the operator configured of the services without plain OAuth.

use railz_connect_contract::{ServiceKind, ServiceName};

use super::catalog::NonOAuthService;
use super::oauth::service::Playable;
use super::{intacct, netsuite, plaid, quickbooks_desktop};

/// What the operator configured of them.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Oracle NetSuite.
    pub netsuite: Option<netsuite::Settings>,
    /// Sage Intacct.
    pub intacct: Option<intacct::Settings>,
    /// QuickBooks Desktop.
    pub quickbooks_desktop: Option<quickbooks_desktop::Settings>,
    /// Plaid.
    pub plaid: Option<plaid::Settings>,
}

impl Settings {
    /// The configured ones.
    pub fn offered(&self) -> impl Iterator<Item = NonOAuthService> {
        NonOAuthService::ALL.into_iter().filter(|special| match special {
            NonOAuthService::Netsuite => self.netsuite.is_some(),
            NonOAuthService::Intacct => self.intacct.is_some(),
            NonOAuthService::QuickbooksDesktop => self.quickbooks_desktop.is_some(),
            NonOAuthService::Plaid => self.plaid.is_some(),
        })
    }

    /// A service's name in the picker.
    pub fn display_name(&self, special: NonOAuthService) -> &str {
        match (special, &self.plaid) {
            (NonOAuthService::Plaid, Some(plaid)) => &plaid.name,
            _ => special.name(),
        }
    }

    /// The configured service of this id.
    pub fn get(&self, id: &ServiceName) -> Option<NonOAuthService> {
        self.offered().find(|special| special.id() == id.as_str())
    }
}

/// Those whose data the sandbox can play.
pub fn playable() -> impl Iterator<Item = Playable> {
    let accounting =
        NonOAuthService::ALL.into_iter().filter(|special| special.kind() == ServiceKind::Accounting);
    accounting.map(|special| Playable { id: ServiceName::new(special.id()), name: special.name().to_owned() })
}
