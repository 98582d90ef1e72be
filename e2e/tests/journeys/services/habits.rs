//! What shows of each service's habits from outside: who picks the company, and what the provider is sent.

use e2e::wide::CHOOSING_SERVICE;

/// How a company becomes the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The person picks it at the service, which tells its id and no name.
    AtTheService,
    /// The person picks it at the service, and a list has its name.
    AtTheServiceNamed,
    /// The person picks it at the service, whose consent is for one, and confirms it in the widget.
    Confirmed,
    /// The person picks it in the widget, among all that the sign-in reaches.
    InTheWidget,
}

/// A service.
#[derive(Debug)]
pub struct Service {
    /// Its id.
    pub id: &'static str,
    /// Who picks the company.
    pub way: Way,
    /// The challenge method that the provider is sent, or `none`.
    pub pkce: &'static str,
    /// What is asked for, with what stands between the words.
    pub scope: &'static str,
    /// How the client proves itself at the token endpoint.
    pub authentication: &'static str,
    /// What the host leaves out, so that services of this one's kind alone are offered and no steps stand before them.
    pub left_out: &'static [&'static [&'static str]],
}

/// The services that keep books, beside the sandbox.
pub const BOOKS: &[&str] = &[
    "quickbooks",
    "xero",
    "freshbooks",
    "sageBusinessCloud",
    "zohoBooks",
    "wave",
    "myob",
    "dynamicsBusinessCentral",
    "dynamics365Finance",
    "oracleNetsuite",
    "sageIntacct",
    "quickbooksDesktop",
    "harbourBooks",
    "harbourLedger",
];

/// The services that know banks.
pub const BANKS: &[&str] = &["plaid"];

/// The services that sell.
pub const SHOPS: &[&str] = &["shopify", "square"];

const PLAIN: Service = Service {
    id: "",
    way: Way::InTheWidget,
    pkce: "S256",
    scope: "accounting",
    authentication: "post",
    left_out: &[BANKS, SHOPS],
};

pub const QUICKBOOKS: Service = Service {
    id: "quickbooks",
    way: Way::AtTheService,
    scope: "com.intuit.quickbooks.accounting",
    authentication: "basic",
    ..PLAIN
};

pub const XERO: Service = Service {
    id: "xero",
    way: Way::AtTheServiceNamed,
    scope: "offline_access openid accounting.invoices accounting.payments accounting.banktransactions",
    authentication: "basic",
    ..PLAIN
};

pub const FRESHBOOKS: Service =
    Service { id: "freshbooks", scope: "user:profile:read user:invoices:read", ..PLAIN };

pub const SAGE: Service = Service { id: "sageBusinessCloud", scope: "readonly", ..PLAIN };

pub const ZOHO: Service = Service { id: "zohoBooks", scope: "ZohoBooks.fullaccess.all", ..PLAIN };

pub const WAVE: Service = Service {
    id: "wave",
    way: Way::AtTheService,
    scope: "business:read account:read invoice:read customer:read offline_access",
    ..PLAIN
};

pub const MYOB: Service = Service {
    id: "myob",
    way: Way::Confirmed,
    scope: "sme-company-file sme-general-ledger sme-sales sme-purchases",
    ..PLAIN
};

pub const BUSINESS_CENTRAL: Service = Service {
    id: "dynamicsBusinessCentral",
    scope: "https://api.businesscentral.dynamics.com/Financials.ReadWrite.All offline_access",
    ..PLAIN
};

pub const SQUARE: Service = Service {
    id: "square",
    pkce: "none",
    scope: "MERCHANT_PROFILE_READ PAYMENTS_READ ORDERS_READ",
    left_out: &[BANKS, BOOKS, &["railzSandbox"]],
    ..PLAIN
};

/// All of it is data of the server's configuration.
pub const HARBOUR_LEDGER: Service = Service { id: CHOOSING_SERVICE, authentication: "basic", ..PLAIN };
