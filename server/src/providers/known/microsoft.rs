//! Microsoft's two: Business Central, and Dynamics 365 Finance.

use railz_connect_contract::ExtraConfigurations;

use super::super::ClientAuthentication::Post;
use super::super::question::Question;
use super::{Choosing, Habits, Known, ListShape, PLAIN, Source, days, list, listing, pairs, stage};

pub(super) const ALL: &[Known] = &[
    Known {
        id: "dynamicsBusinessCentral",
        name: "Dynamics 365 Business Central",
        authorize: "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize",
        token: "https://login.microsoftonline.com/organizations/oauth2/v2.0/token",
        scopes: &["https://api.businesscentral.dynamics.com/Financials.ReadWrite.All", "offline_access"],
        authentication: Post,
        habits: || {
            let mut environments = stage(
                "https://api.businesscentral.dynamics.com/environments/v1.1",
                "/value",
                "/name",
                "/name",
            );
            environments.keep = pairs(&[("environment", "/name")]);
            let mut companies = stage(
                "https://api.businesscentral.dynamics.com/v2.0/{environment}/api/v2.0/companies",
                "/value",
                "/id",
                "/displayName",
            );
            // A company's id is its own within an environment only: a sandbox is a copy, ids included.
            companies.id = vec!["{environment}".to_owned(), "/id".to_owned()];
            companies.label.push("/name".to_owned());
            Habits {
                companies: vec![Source::List(listing(vec![environments, companies]))],
                choosing: Choosing::ByPerson(ListShape::Items),
                refresh_token_seconds: Some(days(90)),
                steps: Some(ExtraConfigurations::default()),
                ..Habits::default()
            }
        },
        ..PLAIN
    },
    Known {
        id: "dynamics365Finance",
        name: "Dynamics 365 Finance",
        authorize: "https://login.microsoftonline.com/organizations/oauth2/authorize",
        token: "https://login.microsoftonline.com/organizations/oauth2/token",
        parameters: &[("resource", "{environment}")],
        authentication: Post,
        habits: || {
            let mut entities = stage("{environment}/data/LegalEntities", "/value", "/LegalEntityId", "/Name");
            // An entity's id is a few letters (USMF) that many environments have.
            entities.id.insert(0, "{environment}".to_owned());
            Habits {
                question: Some(Question::DynamicsEnvironment),
                code_parameters: pairs(&[("resource", "{environment}")]),
                refresh_parameters: pairs(&[("resource", "{environment}")]),
                companies: vec![list(entities)],
                choosing: Choosing::ByPerson(ListShape::Items),
                refresh_token_seconds: Some(days(90)),
                ..Habits::default()
            }
        },
        ..PLAIN
    },
];
