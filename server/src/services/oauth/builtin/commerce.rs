//! Shops and tills.

use super::super::api_profile::ApiProfile;
use super::super::lookup_profile::{CompanyLookup, LookupRequest, TokenHeader};
use super::super::profile::{
    CompanyChoice, CompanySource, ListRequest, ListShape, Pkce, Profile, Revocation, RevocationRequest,
    Rotation, Signature,
};
use super::super::question::Question;
use super::super::service::ClientAuthentication::Post;
use super::entry::{Builtin, PLAIN, api, days, details, list, lookup, pairs, region, request};
use crate::services::catalog;

pub(super) const ALL: &[Builtin] = &[
    Builtin {
        service: catalog::SHOPIFY,
        authorize: "https://{shop}.myshopify.com/admin/oauth/authorize",
        token: "https://{shop}.myshopify.com/admin/oauth/access_token",
        scopes: &["read_orders", "read_products"],
        scope_separator: ",",
        authentication: Post,
        profile: || Profile {
            question: Some(Question::Shop),
            echo: Some(("shop".to_owned(), "{shop}.myshopify.com".to_owned())),
            signature: Signature::HmacOfQuery,
            pkce: Pkce::Off,
            // Tokens that lapse, which Shopify demands of public apps.
            code_parameters: pairs(&[("expiring", "1")]),
            companies: vec![CompanySource::Asked],
            lookup: Some(CompanyLookup {
                request: LookupRequest::GraphQl(
                    "{ shop { name currencyCode billingAddress { countryCodeV2 } } }".to_owned(),
                ),
                token_header: TokenHeader::Named("x-shopify-access-token".to_owned()),
                details: details(
                    Some("/data/shop/billingAddress/countryCodeV2"),
                    Some("/data/shop/currencyCode"),
                    None,
                ),
                ..lookup(
                    "https://{shop}.myshopify.com/admin/api/2026-10/graphql.json",
                    None,
                    "/data/shop/name",
                )
            }),
            // Shopify, *GraphQL Admin API*: the shop's own host; a path begins with the API's version.
            api: Some(ApiProfile {
                token_header: TokenHeader::Named("x-shopify-access-token".to_owned()),
                ..api("https://{shop}.myshopify.com/admin/api", &[])
            }),
            refresh_token_seconds: Some(days(90)),
            included_scopes: pairs(&[("read_", "write_")]),
            ..Profile::default()
        },
        ..PLAIN
    },
    Builtin {
        service: catalog::SQUARE,
        authorize: "https://{host}/oauth2/authorize",
        token: "https://{host}/oauth2/token",
        revoke: Some("https://{host}/oauth2/revoke"),
        scopes: &["MERCHANT_PROFILE_READ", "PAYMENTS_READ", "ORDERS_READ"],
        parameters: &[("session", "false")],
        authentication: Post,
        profile: || Profile {
            regions: vec![
                region("production", &[("host", "connect.squareup.com")]),
                region("sandbox", &[("host", "connect.squareupsandbox.com")]),
            ],
            pkce: Pkce::Off,
            companies: vec![list(ListRequest {
                details: details(Some("/country"), Some("/currency"), None),
                ..request("https://{host}/v2/locations", "/locations", "/id", "/name")
            })],
            company_choice: CompanyChoice::ByPerson(ListShape::Items),
            // Square, *Connect API Basics*: the base URL, with `v2` in front of each endpoint; the sandbox at a host of its own.
            api: Some(api("https://{host}/v2", &[])),
            rotation: Rotation::Kept,
            revocation: Revocation::WholeAccess,
            revocation_request: RevocationRequest::ClientHeader,
            ..Profile::default()
        },
        ..PLAIN
    },
];
