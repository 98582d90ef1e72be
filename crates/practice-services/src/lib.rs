//! The services that one can practise with: one list for the practice provider, the demo, the journeys and the gallery.
//!
//! It is data, and a crate of its own because the gallery's samples are compiled to WebAssembly. `configuration.rs` writes
//! what a Connect server must be told of each. A new service gets a line in [`SERVICES`].

mod configuration;

pub use configuration::{CLIENT, CLIENT_SECRET, Provider, oauth_table};
pub use railz_connect_contract::ServiceKind;

/// A service that the practice provider can pose as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PracticeService {
    /// Its id in the contract and in the practice provider's addresses.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// The family in which the widget offers it.
    pub kind: ServiceKind,
    /// How a business connects it.
    pub method: Method,
}

/// How a business connects a service, as far as a server's configuration depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// OAuth; the callback or the token answer tells the company.
    OAuth,
    /// OAuth; the companies are listed behind the sign-in.
    OAuthWithList,
    /// OAuth; environments are listed behind the sign-in, and companies in each.
    OAuthWithEnvironments,
    /// OAuth; the person is asked for the shop first.
    OAuthOfShop,
    /// OAuth of a service that neither server nor widget has built in: the configuration brings its name.
    OAuthByConfiguration,
    /// A token pair of Oracle NetSuite.
    NetSuite,
    /// A web services user of Sage Intacct.
    Intacct,
    /// A connector file for QuickBooks Web Connector.
    WebConnector,
    /// Plaid Link.
    Plaid,
}

const fn accounting(id: &'static str, name: &'static str, method: Method) -> PracticeService {
    PracticeService { id, name, kind: ServiceKind::Accounting, method }
}

const fn commerce(id: &'static str, name: &'static str, method: Method) -> PracticeService {
    PracticeService { id, name, kind: ServiceKind::Commerce, method }
}

/// Every service there is, beside the sandbox, in the order in which a server lists them.
pub const SERVICES: [PracticeService; 16] = [
    accounting("quickbooks", "QuickBooks Online", Method::OAuth),
    accounting("xero", "Xero", Method::OAuthWithList),
    accounting("freshbooks", "FreshBooks", Method::OAuthWithList),
    accounting("sageBusinessCloud", "Sage Business Cloud", Method::OAuthWithList),
    accounting("sageIntacct", "Sage Intacct", Method::Intacct),
    accounting("zohoBooks", "Zoho Books", Method::OAuthWithList),
    accounting("wave", "Wave", Method::OAuth),
    accounting("myob", "MYOB", Method::OAuthWithList),
    accounting("oracleNetsuite", "Oracle NetSuite", Method::NetSuite),
    accounting("quickbooksDesktop", "QuickBooks Desktop", Method::WebConnector),
    accounting("dynamicsBusinessCentral", "Dynamics 365 Business Central", Method::OAuthWithEnvironments),
    accounting("dynamics365Finance", "Dynamics 365 Finance", Method::OAuthWithList),
    accounting("harbourBooks", "Harbour Books", Method::OAuthByConfiguration),
    PracticeService { id: "plaid", name: "Plaid", kind: ServiceKind::Banking, method: Method::Plaid },
    commerce("shopify", "Shopify", Method::OAuthOfShop),
    commerce("square", "Square", Method::OAuthWithList),
];

/// Finds a service by its id.
pub fn find(id: &str) -> Option<&'static PracticeService> {
    SERVICES.iter().find(|service| service.id == id)
}

/// The services of a kind, in the order of the list.
pub fn of_kind(kind: ServiceKind) -> impl Iterator<Item = &'static PracticeService> {
    SERVICES.iter().filter(move |service| service.kind == kind)
}

impl PracticeService {
    /// Whether people sign in to it at an OAuth provider.
    pub const fn is_oauth(&self) -> bool {
        match self.method {
            Method::OAuth
            | Method::OAuthWithList
            | Method::OAuthWithEnvironments
            | Method::OAuthOfShop
            | Method::OAuthByConfiguration => true,
            Method::NetSuite | Method::Intacct | Method::WebConnector | Method::Plaid => false,
        }
    }

    /// Whether server and widget know it without being told.
    pub const fn is_built_in(&self) -> bool {
        !matches!(self.method, Method::OAuthByConfiguration)
    }
}
