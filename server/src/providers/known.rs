//! Built-in defaults of plain OAuth services, so that an operator only adds the client's id and secret.
//!
//! Taken from the services' public documentation in 2026. Every value can be overridden in the configuration, because
//! addresses move and scopes depend on what an application was approved for.

use railz_connect_contract::ServiceKind;

use super::ClientAuthentication::{self, Basic, Post};

/// The name for people of the sandbox service.
pub const SANDBOX_NAME: &str = "Railz Cloud Accounting";

/// What is built in about one service.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Its id in the contract.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// Which family it belongs to.
    pub kind: ServiceKind,
    /// Where the browser goes.
    pub authorize: &'static str,
    /// Where the server goes with the code.
    pub token: &'static str,
    /// Where the server takes tokens back, where documented.
    pub revoke: Option<&'static str>,
    /// What to ask for.
    pub scopes: &'static [&'static str],
    /// What stands between two scopes.
    pub scope_separator: &'static str,
    /// Query parameters beside the standard ones.
    pub parameters: &'static [(&'static str, &'static str)],
    /// How the client's secret travels.
    pub authentication: ClientAuthentication,
}

const PLAIN: Known = Known {
    id: "",
    name: "",
    kind: ServiceKind::Accounting,
    authorize: "",
    token: "",
    revoke: None,
    scopes: &[],
    scope_separator: " ",
    parameters: &[],
    authentication: Basic,
};

/// All of them, in the order in which a picker lists them.
pub const ALL: &[Known] = &[
    Known {
        id: "quickbooks",
        name: "QuickBooks Online",
        authorize: "https://appcenter.intuit.com/connect/oauth2",
        token: "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer",
        revoke: Some("https://developer.api.intuit.com/v2/oauth2/tokens/revoke"),
        scopes: &["com.intuit.quickbooks.accounting"],
        ..PLAIN
    },
    Known {
        id: "xero",
        name: "Xero",
        authorize: "https://login.xero.com/identity/connect/authorize",
        token: "https://identity.xero.com/connect/token",
        revoke: Some("https://identity.xero.com/connect/revocation"),
        scopes: &[
            "offline_access",
            "openid",
            "accounting.invoices",
            "accounting.payments",
            "accounting.banktransactions",
        ],
        ..PLAIN
    },
    Known {
        id: "freshbooks",
        name: "FreshBooks",
        authorize: "https://auth.freshbooks.com/oauth/authorize",
        token: "https://api.freshbooks.com/auth/oauth/token",
        revoke: Some("https://api.freshbooks.com/auth/oauth/revoke"),
        scopes: &["user:profile:read", "user:invoices:read"],
        authentication: Post,
        ..PLAIN
    },
    Known {
        id: "sageBusinessCloud",
        name: "Sage Business Cloud Accounting",
        authorize: "https://www.sageone.com/oauth2/auth/central?filter=apiv3.1",
        token: "https://oauth.accounting.sage.com/token",
        revoke: Some("https://oauth.accounting.sage.com/revoke"),
        scopes: &["readonly"],
        authentication: Post,
        ..PLAIN
    },
    Known {
        id: "zohoBooks",
        name: "Zoho Books",
        authorize: "https://accounts.zoho.com/oauth/v2/auth",
        token: "https://accounts.zoho.com/oauth/v2/token",
        revoke: Some("https://accounts.zoho.com/oauth/v2/token/revoke"),
        scopes: &["ZohoBooks.fullaccess.all"],
        scope_separator: ",",
        parameters: &[("access_type", "offline"), ("prompt", "consent")],
        authentication: Post,
        ..PLAIN
    },
    Known {
        id: "wave",
        name: "Wave",
        authorize: "https://api.waveapps.com/oauth2/authorize/",
        token: "https://api.waveapps.com/oauth2/token/",
        scopes: &["business:read", "account:read", "invoice:read", "customer:read", "offline_access"],
        authentication: Post,
        ..PLAIN
    },
    Known {
        id: "myob",
        name: "MYOB",
        authorize: "https://secure.myob.com/oauth2/account/authorize",
        token: "https://secure.myob.com/oauth2/v1/authorize",
        scopes: &["sme-company-file", "sme-general-ledger", "sme-sales", "sme-purchases"],
        parameters: &[("prompt", "consent")],
        authentication: Post,
        ..PLAIN
    },
    Known {
        id: "square",
        name: "Square",
        kind: ServiceKind::Commerce,
        authorize: "https://connect.squareup.com/oauth2/authorize",
        token: "https://connect.squareup.com/oauth2/token",
        scopes: &["MERCHANT_PROFILE_READ", "PAYMENTS_READ", "ORDERS_READ"],
        parameters: &[("session", "false")],
        authentication: Post,
        ..PLAIN
    },
];

/// What is built in about the service of this id.
pub fn get(id: &str) -> Option<&'static Known> {
    ALL.iter().find(|known| known.id == id)
}
