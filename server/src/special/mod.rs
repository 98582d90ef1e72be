//! The services that are connected without plain OAuth: by credentials, by a connector file, by a bank's own window.
//!
//! One folder a service, `http/` has a file of the same name with its routes. `begin.rs` makes the connection that is to
//! be proved, `prove.rs` makes it stand, `listing.rs` adds to lists what these services know, `web.rs` is the way out.

pub mod begin;
pub mod guard;
pub mod intacct;
pub mod listing;
pub mod netsuite;
pub mod prove;
pub mod web;

use railz_connect_contract::{ServiceKind, ServiceName};

use crate::providers::Playable;

/// A service without plain OAuth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// Oracle NetSuite, by a token pair.
    Netsuite,
    /// Sage Intacct, by a web services user.
    Intacct,
}

impl Special {
    /// All of them, in the order in which a picker lists them.
    pub const ALL: [Self; 2] = [Self::Netsuite, Self::Intacct];

    /// Its id in the contract.
    pub fn id(self) -> &'static str {
        match self {
            Self::Netsuite => "oracleNetsuite",
            Self::Intacct => "sageIntacct",
        }
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Netsuite => "Oracle NetSuite",
            Self::Intacct => "Sage Intacct",
        }
    }

    /// Which family it belongs to.
    pub fn kind(self) -> ServiceKind {
        match self {
            Self::Netsuite | Self::Intacct => ServiceKind::Accounting,
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
}

impl Settings {
    /// The configured ones.
    pub fn offered(&self) -> impl Iterator<Item = Special> {
        Special::ALL.into_iter().filter(|special| match special {
            Special::Netsuite => self.netsuite.is_some(),
            Special::Intacct => self.intacct.is_some(),
        })
    }

    /// The configured service of this id.
    pub fn get(&self, id: &ServiceName) -> Option<Special> {
        self.offered().find(|special| special.id() == id.as_str())
    }
}
