//! Microsoft's two: Business Central, and Dynamics 365 Finance.

use railz_connect_contract::ExtraConfigurations;

use super::super::profile::{CompanyChoice, CompanySource, ListShape, Profile};
use super::super::question::Question;
use super::super::service::ClientAuthentication::Post;
use super::entry::{Builtin, PLAIN, api, days, list, listing, pairs, request};
use crate::services::catalog;

/// Microsoft shows no screen at all to whoever is signed in and consented before; so it shows one. `consent` would show
/// more, and lock out everybody whose organisation lets only its administrators consent.
const CHOOSE_ACCOUNT: (&str, &str) = ("prompt", "select_account");

pub(super) const ALL: &[Builtin] = &[
    Builtin {
        service: catalog::DYNAMICS_BUSINESS_CENTRAL,
        authorize: "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize",
        token: "https://login.microsoftonline.com/organizations/oauth2/v2.0/token",
        scopes: &["https://api.businesscentral.dynamics.com/Financials.ReadWrite.All", "offline_access"],
        parameters: &[CHOOSE_ACCOUNT],
        // login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration (github.com/panva/wellknown).
        issuer: Some("https://login.microsoftonline.com/{tenantid}/v2.0"),
        authentication: Post,
        profile: || {
            let mut environments = request(
                "https://api.businesscentral.dynamics.com/environments/v1.1",
                "/value",
                "/name",
                "/name",
            );
            environments.keep = pairs(&[("environment", "/name")]);
            let mut companies = request(
                "https://api.businesscentral.dynamics.com/v2.0/{environment}/api/v2.0/companies",
                "/value",
                "/id",
                "/displayName",
            );
            // A company's id is its own within an environment only: a sandbox is a copy, ids included.
            companies.id = vec!["{environment}".to_owned(), "/id".to_owned()];
            companies.label.push("/name".to_owned());
            Profile {
                companies: vec![CompanySource::List(listing(vec![environments, companies]))],
                company_choice: CompanyChoice::ByPerson(ListShape::Items),
                // Microsoft, *API endpoint structure*: without the tenant, which the token has.
                api: Some(api("https://api.businesscentral.dynamics.com/v2.0/{environment}", &[])),
                refresh_token_seconds: Some(days(90)),
                steps: Some(ExtraConfigurations::default()),
                ..Profile::default()
            }
        },
        ..PLAIN
    },
    Builtin {
        service: catalog::DYNAMICS_FINANCE,
        authorize: "https://login.microsoftonline.com/organizations/oauth2/authorize",
        token: "https://login.microsoftonline.com/organizations/oauth2/token",
        parameters: &[CHOOSE_ACCOUNT, ("resource", "{environment}")],
        // login.microsoftonline.com/common/.well-known/openid-configuration, of the v1 addresses (AadSupport 0.3.3).
        issuer: Some("https://sts.windows.net/{tenantid}/"),
        authentication: Post,
        profile: || {
            let mut entities =
                request("{environment}/data/LegalEntities", "/value", "/LegalEntityId", "/Name");
            // An entity's id is a few letters (USMF) that many environments have.
            entities.id.insert(0, "{environment}".to_owned());
            Profile {
                question: Some(Question::DynamicsEnvironment),
                code_parameters: pairs(&[("resource", "{environment}")]),
                refresh_parameters: pairs(&[("resource", "{environment}")]),
                companies: vec![list(entities)],
                company_choice: CompanyChoice::ByPerson(ListShape::Items),
                // The environment's own address, which the person typed; OData below `data` (Microsoft, *Service endpoints*).
                api: Some(api("{environment}", &[])),
                refresh_token_seconds: Some(days(90)),
                ..Profile::default()
            }
        },
        ..PLAIN
    },
];
