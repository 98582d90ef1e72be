//! Which services there are besides those of plain OAuth: their ids, names and kinds.
//!
//! Knows nobody: what the operator configured of them stands in `settings.rs`, the OAuth services in `oauth/builtin/`.

use railz_connect_contract::{ServiceKind, ServiceName};

/// A service without plain OAuth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NonOAuthService {
    /// Oracle NetSuite, by a token pair.
    Netsuite,
    /// Sage Intacct, by a web services user.
    Intacct,
    /// QuickBooks Desktop, by QuickBooks Web Connector.
    QuickbooksDesktop,
    /// Banks, by Plaid's script.
    Plaid,
}

impl NonOAuthService {
    /// All of them, in the order in which a picker lists them.
    pub const ALL: [Self; 4] = [Self::Netsuite, Self::Intacct, Self::QuickbooksDesktop, Self::Plaid];

    /// Its service name in the contract, such as `oracleNetsuite`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Netsuite => "oracleNetsuite",
            Self::Intacct => "sageIntacct",
            Self::QuickbooksDesktop => "quickbooksDesktop",
            Self::Plaid => "plaid",
        }
    }

    /// Its name for people, which the operator can override for Plaid only.
    pub fn name(self) -> &'static str {
        match self {
            Self::Netsuite => "Oracle NetSuite",
            Self::Intacct => "Sage Intacct",
            Self::QuickbooksDesktop => "QuickBooks Desktop",
            Self::Plaid => "Plaid",
        }
    }

    /// The kind under which the picker lists it: accounting, banking or commerce.
    pub fn kind(self) -> ServiceKind {
        match self {
            Self::Netsuite | Self::Intacct | Self::QuickbooksDesktop => ServiceKind::Accounting,
            Self::Plaid => ServiceKind::Banking,
        }
    }

    /// The service of this id, whether configured or not; `None` for those of plain OAuth.
    pub fn of(id: &ServiceName) -> Option<Self> {
        Self::ALL.into_iter().find(|special| special.id() == id.as_str())
    }
}
