//! Which services there are: the id, name and kind of each, and nothing else.
//!
//! Knows nobody. How the OAuth services work stands in `oauth/builtin/`, what the operator configured in `settings.rs`.

use railz_connect_contract::{ServiceKind, ServiceName};

/// What everybody may know of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatalogEntry {
    /// Its name in the contract (contract rule N1), such as `quickbooks`.
    pub id: &'static str,
    /// Its name for people, unless the operator writes another.
    pub name: &'static str,
    /// The kind under which the picker lists it.
    pub kind: ServiceKind,
}

const fn accounting(id: &'static str, name: &'static str) -> CatalogEntry {
    CatalogEntry { id, name, kind: ServiceKind::Accounting }
}

const fn banking(id: &'static str, name: &'static str) -> CatalogEntry {
    CatalogEntry { id, name, kind: ServiceKind::Banking }
}

const fn commerce(id: &'static str, name: &'static str) -> CatalogEntry {
    CatalogEntry { id, name, kind: ServiceKind::Commerce }
}

pub(super) const QUICKBOOKS: CatalogEntry = accounting("quickbooks", "QuickBooks Online");
pub(super) const XERO: CatalogEntry = accounting("xero", "Xero");
pub(super) const FRESHBOOKS: CatalogEntry = accounting("freshbooks", "FreshBooks");
pub(super) const SAGE_BUSINESS_CLOUD: CatalogEntry =
    accounting("sageBusinessCloud", "Sage Business Cloud Accounting");
pub(super) const ZOHO_BOOKS: CatalogEntry = accounting("zohoBooks", "Zoho Books");
pub(super) const WAVE: CatalogEntry = accounting("wave", "Wave");
pub(super) const MYOB: CatalogEntry = accounting("myob", "MYOB");
pub(super) const DYNAMICS_BUSINESS_CENTRAL: CatalogEntry =
    accounting("dynamicsBusinessCentral", "Dynamics 365 Business Central");
pub(super) const DYNAMICS_FINANCE: CatalogEntry = accounting("dynamics365Finance", "Dynamics 365 Finance");
pub(super) const SHOPIFY: CatalogEntry = commerce("shopify", "Shopify");
pub(super) const SQUARE: CatalogEntry = commerce("square", "Square");
const NETSUITE: CatalogEntry = accounting("oracleNetsuite", "Oracle NetSuite");
const INTACCT: CatalogEntry = accounting("sageIntacct", "Sage Intacct");
const QUICKBOOKS_DESKTOP: CatalogEntry = accounting("quickbooksDesktop", "QuickBooks Desktop");
const PLAID: CatalogEntry = banking("plaid", "Plaid");

/// The name for people of the sandbox service, `railzSandbox`.
pub const SANDBOX_NAME: &str = "Railz Cloud Accounting";

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

    fn entry(self) -> CatalogEntry {
        match self {
            Self::Netsuite => NETSUITE,
            Self::Intacct => INTACCT,
            Self::QuickbooksDesktop => QUICKBOOKS_DESKTOP,
            Self::Plaid => PLAID,
        }
    }

    /// Its service name in the contract, such as `oracleNetsuite`.
    pub fn id(self) -> &'static str {
        self.entry().id
    }

    /// Its name for people, which the operator can override for Plaid only.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The kind under which the picker lists it: accounting, banking or commerce.
    pub fn kind(self) -> ServiceKind {
        self.entry().kind
    }

    /// The service of this id, whether configured or not; `None` for those of plain OAuth.
    pub fn of(id: &ServiceName) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.id() == id.as_str())
    }
}
