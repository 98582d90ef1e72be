//! Shops and tills.

use railz_connect_contract::ServiceKind;

use super::super::ClientAuthentication::Post;
use super::super::habits::{GivingBack, Rotation, Signature};
use super::super::question::Question;
use super::{
    Choosing, Habits, Known, ListShape, PLAIN, Pkce, Revocation, Source, days, list, pairs, region, stage,
};

pub(super) const ALL: &[Known] = &[
    Known {
        id: "shopify",
        name: "Shopify",
        kind: ServiceKind::Commerce,
        authorize: "https://{shop}.myshopify.com/admin/oauth/authorize",
        token: "https://{shop}.myshopify.com/admin/oauth/access_token",
        scopes: &["read_orders", "read_products"],
        scope_separator: ",",
        authentication: Post,
        habits: || Habits {
            question: Some(Question::Shop),
            echo: Some(("shop".to_owned(), "{shop}.myshopify.com".to_owned())),
            signature: Signature::HmacOfQuery,
            pkce: Pkce::Off,
            // Tokens that lapse, which Shopify demands of public apps.
            code_parameters: pairs(&[("expiring", "1")]),
            companies: vec![Source::Asked],
            refresh_token_seconds: Some(days(90)),
            included_scopes: pairs(&[("read_", "write_")]),
            ..Habits::default()
        },
        ..PLAIN
    },
    Known {
        id: "square",
        name: "Square",
        kind: ServiceKind::Commerce,
        authorize: "https://{host}/oauth2/authorize",
        token: "https://{host}/oauth2/token",
        revoke: Some("https://{host}/oauth2/revoke"),
        scopes: &["MERCHANT_PROFILE_READ", "PAYMENTS_READ", "ORDERS_READ"],
        parameters: &[("session", "false")],
        authentication: Post,
        habits: || Habits {
            regions: vec![
                region("production", &[("host", "connect.squareup.com")]),
                region("sandbox", &[("host", "connect.squareupsandbox.com")]),
            ],
            pkce: Pkce::Off,
            companies: vec![list(stage("https://{host}/v2/locations", "/locations", "/id", "/name"))],
            choosing: Choosing::ByPerson(ListShape::Items),
            rotation: Rotation::Kept,
            revocation: Revocation::WholeAccess,
            giving_back: GivingBack::ClientHeader,
            ..Habits::default()
        },
        ..PLAIN
    },
];
