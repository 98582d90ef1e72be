//! Bookkeeping services.

use super::super::api_profile::ApiProfile;
use super::super::lookup_profile::{
    CompanyLookup, DetailPositions, FiscalYearPositions, LookupRequest, TokenHeader,
};
use super::super::profile::{
    CompanyChoice, CompanyListing, CompanySource, Granted, ListShape, Profile, Region, Revocation, Rotation,
};
use super::super::service::ClientAuthentication::Post;
use super::entry::{
    Builtin, PLAIN, api, callback, days, details, list, listing, lookup, pairs, region, request,
};
use crate::services::catalog;

pub(super) const ALL: &[Builtin] = &[
    Builtin {
        service: catalog::QUICKBOOKS,
        authorize: "https://appcenter.intuit.com/connect/oauth2",
        token: "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer",
        revoke: Some("https://developer.api.intuit.com/v2/oauth2/tokens/revoke"),
        scopes: &["com.intuit.quickbooks.accounting"],
        // Intuit's discovery documents, developer.intuit.com/.well-known/openid_configuration and its sandbox's.
        issuer: Some("https://oauth.platform.intuit.com/op/v1"),
        profile: || Profile {
            // Development keys open sandbox companies only, and those live at a host of their own.
            regions: vec![
                region("production", &[("api", "https://quickbooks.api.intuit.com")]),
                region("sandbox", &[("api", "https://sandbox-quickbooks.api.intuit.com")]),
            ],
            companies: vec![callback("realmId")],
            // The base URLs of Intuit's *Create basic requests*; a path begins with `v3/company/<realm id>`.
            api: Some(api("{api}", &[])),
            lookup: Some(CompanyLookup {
                // Its `Id` is 1 in every company: the realm stands in the address alone.
                details: DetailPositions {
                    legal_name: Some("/CompanyInfo/LegalName".to_owned()),
                    ..details(Some("/CompanyInfo/Country"), None, Some("/CompanyInfo/FiscalYearStartMonth"))
                },
                ..lookup("{api}/v3/company/{company}/companyinfo/{company}", None, "/CompanyInfo/CompanyName")
            }),
            refresh_token_seconds: Some(days(100)),
            revocation: Revocation::WholeAccess,
            ..Profile::default()
        },
        ..PLAIN
    },
    Builtin {
        service: catalog::XERO,
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
        // identity.xero.com/.well-known/openid-configuration, as public programs quote it.
        issuer: Some("https://identity.xero.com"),
        profile: || {
            let tenants = || request("https://api.xero.com/connections", "", "/tenantId", "/tenantName");
            let mut granted_now = tenants();
            granted_now.query = pairs(&[("authEventId", "{event}")]);
            Profile {
                claims: pairs(&[("event", "authentication_event_id")]),
                // Granting again what was granted before makes no new event at times; then all tenants are looked at.
                companies: vec![
                    list(granted_now),
                    CompanySource::List(CompanyListing {
                        granted: Granted::NowOrBefore,
                        ..listing(vec![tenants()])
                    }),
                ],
                company_choice: CompanyChoice::ByPersonIfSeveral(ListShape::Items),
                // Every API of Xero's is served there (Xero's OpenAPI files; its accounting one below `api.xro/2.0`). A token
                // opens all tenants that were granted; calls are for the one that is connected.
                api: Some(api("https://api.xero.com", &[("xero-tenant-id", "{company}")])),
                lookup: Some(CompanyLookup {
                    headers: pairs(&[("xero-tenant-id", "{company}")]),
                    needed_scope: Some("accounting.settings".to_owned()),
                    details: DetailPositions {
                        legal_name: Some("/Organisations/0/LegalName".to_owned()),
                        fiscal_year: Some(FiscalYearPositions::End {
                            day: "/Organisations/0/FinancialYearEndDay".to_owned(),
                            month: "/Organisations/0/FinancialYearEndMonth".to_owned(),
                        }),
                        ..details(
                            Some("/Organisations/0/CountryCode"),
                            Some("/Organisations/0/BaseCurrency"),
                            None,
                        )
                    },
                    ..lookup("https://api.xero.com/api.xro/2.0/Organisation", None, "/Organisations/0/Name")
                }),
                refresh_token_seconds: Some(days(60)),
                revocation: Revocation::WholeAccess,
                ..Profile::default()
            }
        },
        ..PLAIN
    },
    Builtin {
        service: catalog::FRESHBOOKS,
        authorize: "https://auth.freshbooks.com/oauth/authorize",
        token: "https://api.freshbooks.com/auth/oauth/token",
        revoke: Some("https://api.freshbooks.com/auth/oauth/revoke"),
        scopes: &["user:profile:read", "user:invoices:read"],
        authentication: Post,
        profile: || {
            let mut businesses = request(
                "https://api.freshbooks.com/auth/api/v1/users/me",
                "/response/business_memberships",
                "/business/id",
                "/business/name",
            );
            businesses.keep = pairs(&[("account_id", "/business/account_id")]);
            businesses.number = Some("/business/account_id".to_owned());
            Profile {
                companies: vec![list(businesses)],
                company_choice: CompanyChoice::ByPerson(ListShape::ById),
                // FreshBooks' base URL, as its integrators' guides name it.
                api: Some(api("https://api.freshbooks.com", &[])),
                revocation: Revocation::WholeAccess,
                ..Profile::default()
            }
        },
        ..PLAIN
    },
    Builtin {
        service: catalog::SAGE_BUSINESS_CLOUD,
        authorize: "https://www.sageone.com/oauth2/auth/central?filter=apiv3.1",
        token: "https://oauth.accounting.sage.com/token",
        revoke: Some("https://oauth.accounting.sage.com/revoke"),
        scopes: &["readonly"],
        authentication: Post,
        profile: || {
            let address = "https://api.accounting.sage.com/v3.1/businesses";
            let mut businesses = request(address, "/$items", "/id", "/displayed_as");
            businesses.label.push("/name".to_owned());
            Profile {
                companies: vec![list(businesses)],
                company_choice: CompanyChoice::ByPerson(ListShape::Items),
                // `servers` of Sage's OpenAPI file (developer.sage.com/accounting/apis/sagebusinesscloudaccounting/3.1.0).
                api: Some(api("https://api.accounting.sage.com/v3.1", &[("x-business", "{company}")])),
                included_scopes: pairs(&[("readonly", "full_access")]),
                refresh_token_seconds: Some(days(31)),
                ..Profile::default()
            }
        },
        ..PLAIN
    },
    Builtin {
        service: catalog::ZOHO_BOOKS,
        authorize: "{accounts}/oauth/v2/auth",
        token: "{accounts}/oauth/v2/token",
        revoke: Some("{accounts}/oauth/v2/token/revoke"),
        scopes: &["ZohoBooks.fullaccess.all"],
        scope_separator: ",",
        parameters: &[("access_type", "offline"), ("prompt", "consent")],
        issuer: None,
        authentication: Post,
        profile: || {
            let address = "{api}/books/v3/organizations";
            let mut organisations = request(address, "/organizations", "/organization_id", "/name");
            organisations.details = details(None, Some("/currency_code"), None);
            Profile {
                regions: zoho(),
                region_by: Some(("accounts-server".to_owned(), "accounts".to_owned())),
                companies: vec![CompanySource::List(CompanyListing {
                    scheme: "Zoho-oauthtoken".to_owned(),
                    ..listing(vec![organisations])
                })],
                company_choice: CompanyChoice::ByPerson(ListShape::Items),
                // The API root of Zoho Books' *Introduction*, at the data centre of the sign-in.
                api: Some(ApiProfile {
                    token_header: TokenHeader::Authorization("Zoho-oauthtoken".to_owned()),
                    ..api("{api}/books/v3", &[])
                }),
                rotation: Rotation::Kept,
                ..Profile::default()
            }
        },
    },
    Builtin {
        service: catalog::WAVE,
        authorize: "https://api.waveapps.com/oauth2/authorize/",
        token: "https://api.waveapps.com/oauth2/token/",
        revoke: Some("https://api.waveapps.com/oauth2/token-revoke/"),
        scopes: &["business:read", "account:read", "invoice:read", "customer:read", "offline_access"],
        authentication: Post,
        profile: || Profile {
            // The token answer comes from Wave itself; the callback counts only where that is silent.
            companies: vec![CompanySource::Token { id: "businessId".to_owned() }, callback("businessId")],
            lookup: Some(CompanyLookup {
                request: LookupRequest::GraphQl(
                    "query ($id: ID!) { business(id: $id) { \
                     id name currency { code } address { country { code } } } }"
                        .to_owned(),
                ),
                details: details(
                    Some("/data/business/address/country/code"),
                    Some("/data/business/currency/code"),
                    None,
                ),
                ..lookup(
                    "https://gql.waveapps.com/graphql/public",
                    Some("/data/business/id"),
                    "/data/business/name",
                )
            }),
            // Wave's single endpoint (its *Clients* page): calls have no path behind it.
            api: Some(api("https://gql.waveapps.com/graphql/public", &[])),
            refresh_parameters: pairs(&[("redirect_uri", "{callback}")]),
            // What a revocation ends is not published.
            revocation: Revocation::WholeAccess,
            ..Profile::default()
        },
        ..PLAIN
    },
    Builtin {
        service: catalog::MYOB,
        authorize: "https://secure.myob.com/oauth2/account/authorize",
        token: "https://secure.myob.com/oauth2/v1/authorize",
        scopes: &["sme-company-file", "sme-general-ledger", "sme-sales", "sme-purchases"],
        parameters: &[("prompt", "consent")],
        authentication: Post,
        profile: || {
            let mut files = request("https://api.myob.com/accountright/", "", "/Id", "/Name");
            files.number = Some("/SerialNumber".to_owned());
            files.details = details(Some("/Country"), None, None);
            let of_every_call = [("x-myobapi-key", "{client_id}"), ("x-myobapi-version", "v2")];
            let headers = pairs(&of_every_call);
            Profile {
                // A consent is for one company file, named in the callback; apps with old keys get the list.
                companies: vec![
                    callback("businessId"),
                    CompanySource::List(CompanyListing { headers: headers.clone(), ..listing(vec![files]) }),
                ],
                lookup: Some(CompanyLookup {
                    headers,
                    details: details(Some("/CompanyFile/Country"), None, None),
                    ..lookup(
                        "https://api.myob.com/accountright/{company}/",
                        Some("/CompanyFile/Id"),
                        "/CompanyFile/Name",
                    )
                }),
                company_choice: CompanyChoice::ByPerson(ListShape::Items),
                // MYOB, *MYOB Business API*, for files that are online; a path begins with the file's id.
                api: Some(api("https://api.myob.com/accountright", &of_every_call)),
                ..Profile::default()
            }
        },
        ..PLAIN
    },
];

/// Zoho's data centres, with the hosts of their accounts servers (Zoho Accounts, *Multi DC support*) and of their APIs (`WorkDrive`'s,
/// Bookings' and Bigin's pages about data centres; the United Kingdom's by analogy). A callback's `accounts-server` must be one of these.
fn zoho() -> Vec<Region> {
    let of = |name: &str, accounts: &str, api: &str| region(name, &[("accounts", accounts), ("api", api)]);
    vec![
        of("com", "https://accounts.zoho.com", "https://www.zohoapis.com"),
        of("eu", "https://accounts.zoho.eu", "https://www.zohoapis.eu"),
        of("in", "https://accounts.zoho.in", "https://www.zohoapis.in"),
        of("au", "https://accounts.zoho.com.au", "https://www.zohoapis.com.au"),
        of("cn", "https://accounts.zoho.com.cn", "https://www.zohoapis.com.cn"),
        of("jp", "https://accounts.zoho.jp", "https://www.zohoapis.jp"),
        of("ca", "https://accounts.zohocloud.ca", "https://www.zohoapis.ca"),
        of("sa", "https://accounts.zoho.sa", "https://www.zohoapis.sa"),
        of("uk", "https://accounts.zoho.uk", "https://www.zohoapis.uk"),
        of("ae", "https://accounts.zoho.ae", "https://www.zohoapis.ae"),
    ]
}
