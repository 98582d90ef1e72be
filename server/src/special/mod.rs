//! The services that are connected without plain OAuth: by credentials, by a connector file, by a bank's own window.
//!
//! One folder a service, `http/` has a file of the same name with its routes. `begin.rs` makes the connection that is to
//! be proved, `prove.rs` makes it stand, `listing.rs` adds to lists what these services know, `web.rs` is the way out.

pub mod begin;
pub mod guard;
pub mod intacct;
pub mod listing;
pub mod netsuite;
pub mod plaid;
pub mod prove;
pub mod quickbooks_desktop;
pub mod web;
pub mod xml;

use railz_connect_contract::{ServiceKind, ServiceName};

use crate::providers::Playable;

/// A service without plain OAuth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// Oracle NetSuite, by a token pair.
    Netsuite,
    /// Sage Intacct, by a web services user.
    Intacct,
    /// QuickBooks Desktop, by QuickBooks Web Connector.
    QuickbooksDesktop,
    /// Banks, by Plaid's script.
    Plaid,
}

impl Special {
    /// All of them, in the order in which a picker lists them.
    pub const ALL: [Self; 4] = [Self::Netsuite, Self::Intacct, Self::QuickbooksDesktop, Self::Plaid];

    /// Its id in the contract.
    pub fn id(self) -> &'static str {
        match self {
            Self::Netsuite => "oracleNetsuite",
            Self::Intacct => "sageIntacct",
            Self::QuickbooksDesktop => "quickbooksDesktop",
            Self::Plaid => "plaid",
        }
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Netsuite => "Oracle NetSuite",
            Self::Intacct => "Sage Intacct",
            Self::QuickbooksDesktop => "QuickBooks Desktop",
            Self::Plaid => "Plaid",
        }
    }

    /// Which family it belongs to.
    pub fn kind(self) -> ServiceKind {
        match self {
            Self::Netsuite | Self::Intacct | Self::QuickbooksDesktop => ServiceKind::Accounting,
            Self::Plaid => ServiceKind::Banking,
        }
    }

    /// The service of this id.
    pub fn of(id: &ServiceName) -> Option<Self> {
        Self::ALL.into_iter().find(|special| special.id() == id.as_str())
    }
}

/// Those whose data the sandbox can play.
pub fn playable() -> impl Iterator<Item = Playable> {
    let accounting = Special::ALL.into_iter().filter(|special| special.kind() == ServiceKind::Accounting);
    accounting.map(|special| Playable { id: ServiceName::new(special.id()), name: special.name().to_owned() })
}

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
    pub fn offered(&self) -> impl Iterator<Item = Special> {
        Special::ALL.into_iter().filter(|special| match special {
            Special::Netsuite => self.netsuite.is_some(),
            Special::Intacct => self.intacct.is_some(),
            Special::QuickbooksDesktop => self.quickbooks_desktop.is_some(),
            Special::Plaid => self.plaid.is_some(),
        })
    }

    /// A service's name in the picker.
    pub fn display_name(&self, special: Special) -> &str {
        match (special, &self.plaid) {
            (Special::Plaid, Some(plaid)) => &plaid.name,
            _ => special.name(),
        }
    }

    /// The configured service of this id.
    pub fn get(&self, id: &ServiceName) -> Option<Special> {
        self.offered().find(|special| special.id() == id.as_str())
    }
}
