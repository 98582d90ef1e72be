//! What shows of each service's profile from outside: who picks the company, and what the provider is sent.

use e2e::all_services::CHOOSING_SERVICE;
use practice_services::{ServiceKind, find, of_kind};

use crate::stories::steps::SANDBOX;

/// The kinds of services, in the order of the steps.
pub const KINDS: [ServiceKind; 3] = [ServiceKind::Accounting, ServiceKind::Banking, ServiceKind::Commerce];

/// How a company becomes the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompanyChoice {
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
pub struct Profile {
    /// Its id.
    pub id: &'static str,
    /// Who picks the company.
    pub company_choice: CompanyChoice,
    /// The challenge method that the provider is sent, or `none`.
    pub pkce: &'static str,
    /// What is asked for, with what stands between the words.
    pub scope: &'static str,
    /// How the client proves itself at the token endpoint.
    pub authentication: &'static str,
}

/// The ids of the services of a kind at the server of all services, beside the sandbox.
pub fn ids_of_kind(kind: ServiceKind) -> Vec<&'static str> {
    let own = (kind == ServiceKind::Accounting).then_some(CHOOSING_SERVICE);
    of_kind(kind).map(|service| service.id).chain(own).collect()
}

impl Profile {
    /// What the host leaves out, so that services of this one's kind alone are offered and no steps stand before them.
    pub fn left_out(&self) -> Vec<&'static str> {
        let kind = find(self.id).map_or(ServiceKind::Accounting, |service| service.kind);
        let sandbox = (kind != ServiceKind::Accounting).then_some(SANDBOX);
        let others = KINDS.into_iter().filter(|other| *other != kind);
        others.flat_map(ids_of_kind).chain(sandbox).collect()
    }
}

const PLAIN: Profile = Profile {
    id: "",
    company_choice: CompanyChoice::InTheWidget,
    pkce: "S256",
    scope: "accounting",
    authentication: "post",
};

pub const QUICKBOOKS: Profile = Profile {
    id: "quickbooks",
    company_choice: CompanyChoice::AtTheService,
    scope: "com.intuit.quickbooks.accounting",
    authentication: "basic",
    ..PLAIN
};

pub const XERO: Profile = Profile {
    id: "xero",
    company_choice: CompanyChoice::AtTheServiceNamed,
    scope: "offline_access openid accounting.invoices accounting.payments accounting.banktransactions",
    authentication: "basic",
    ..PLAIN
};

pub const FRESHBOOKS: Profile =
    Profile { id: "freshbooks", scope: "user:profile:read user:invoices:read", ..PLAIN };

pub const SAGE: Profile = Profile { id: "sageBusinessCloud", scope: "readonly", ..PLAIN };

pub const ZOHO: Profile = Profile { id: "zohoBooks", scope: "ZohoBooks.fullaccess.all", ..PLAIN };

pub const WAVE: Profile = Profile {
    id: "wave",
    company_choice: CompanyChoice::AtTheService,
    scope: "business:read account:read invoice:read customer:read offline_access",
    ..PLAIN
};

pub const MYOB: Profile = Profile {
    id: "myob",
    company_choice: CompanyChoice::Confirmed,
    scope: "sme-company-file sme-general-ledger sme-sales sme-purchases",
    ..PLAIN
};

pub const BUSINESS_CENTRAL: Profile = Profile {
    id: "dynamicsBusinessCentral",
    scope: "https://api.businesscentral.dynamics.com/Financials.ReadWrite.All offline_access",
    ..PLAIN
};

pub const SQUARE: Profile =
    Profile { id: "square", pkce: "none", scope: "MERCHANT_PROFILE_READ PAYMENTS_READ ORDERS_READ", ..PLAIN };

/// All of it is data of the server's configuration.
pub const HARBOUR_LEDGER: Profile = Profile { id: CHOOSING_SERVICE, authentication: "basic", ..PLAIN };
