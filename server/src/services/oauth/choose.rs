//! The choice among the companies that a sign-in found.

use railz_connect_contract::ConnectionId;
use serde_json::Value;
use url::{Origin, Url};

use super::builtin;
use super::profile::CompanySource;
use super::service::Service;
use super::{company_lookup, revoke};
use crate::access::rights::{Visibility, may_choose, visibility};
use crate::app::App;
use crate::domain::attempt::Attempt;
use crate::domain::company::{AddressVariables, Company};
use crate::domain::connection::Connection;
use crate::domain::credential::StoredCredential;
use crate::domain::visit::Visitor;
use crate::services::company::{self, BindRequest, BindStep, CompanyOutcome};
use crate::store::StoreError;
use crate::vault::Field;

/// Why a company could not be chosen.
#[derive(Debug, thiserror::Error)]
pub enum ChooseError {
    /// No choice is due.
    #[error("no choice of a company is due for this connection; sign in again")]
    NotDue,
    /// The company is not in the list.
    #[error("accountId is not one of the companies listed: {0}")]
    NotListed(String),
    /// An address that is to be kept beside the company is not the service's own.
    #[error("metadata.webServices.{0} is no address of the service's own API")]
    ForeignAddress(String),
    /// The choice could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a choice that is due. A company that was chosen already is chosen: an answer may have been lost on the way. One
/// that another business has connected ends the choice; the next status tells it. Choosing is not signing in: the visit of the
/// sign-in is the one that is noted. To whom the choice is not offered it is as if there were none, and which company was
/// chosen before is not told either.
///
/// # Errors
/// [`ChooseError`].
pub async fn choose(
    app: &App,
    visitor: Visitor<'_>,
    connection: Connection,
    account: &str,
    metadata: Option<&Value>,
) -> Result<(), ChooseError> {
    let id: ConnectionId = connection.id.clone();
    let binding = company::read_binding(app, &id).await?;
    let due = app.store.pending_choices_at(&id, app.now()).await?;
    let Some(choice) = due.into_iter().find(|choice| may_choose(visitor, choice)) else {
        let chosen = binding.company.is_some_and(|company| company.id == account);
        let is_told = visibility(visitor, &connection) == Visibility::Full;
        return if chosen && is_told { Ok(()) } else { Err(ChooseError::NotDue) };
    };
    let mut company = choice.find(account).cloned().ok_or_else(|| {
        let ids: Vec<_> = choice.companies.iter().map(|company| company.id.as_str()).collect();
        ChooseError::NotListed(ids.join(", "))
    })?;
    let steps =
        app.config.services.get(&connection.service).filter(|service| service.profile.steps.is_some());
    if let (Some(service), Some(metadata)) = (steps, metadata) {
        for (name, address) in web_services(service, &binding.variables, metadata)? {
            company.variables.set(&name, address);
        }
    }
    // Read before: a duplicate forgets the credential along with the choice.
    let credential = app.store.credential(&id).await?;
    let lapses_at = credential.as_ref().and_then(|stored| stored.credential.lapses_at);
    let service = connection.service.clone();
    let variables = binding.clone().with_company(company.clone()).variables;
    if let (Some(service), Some(stored)) = (app.config.services.get(&service), &credential) {
        company = describe(app, service, &variables, company, stored).await;
    }
    let attempt = match choice.attempt() {
        Some(attempt) => app.store.attempt(attempt).await?,
        None => None,
    };
    let signed_in = attempt.as_ref().map(Attempt::visitor);
    let step = BindStep::Choice { choice: &choice, signed_in };
    let request = BindRequest { connection, binding, company: Some(company), lapses_at, step };
    let outcome = company::bind(app, request).await?;
    match outcome {
        CompanyOutcome::Bound => {}
        CompanyOutcome::Duplicate => {
            if let Some(service) = app.config.services.get(&service) {
                revoke::revoke_replaced(app, service, credential, None, &variables);
            }
        }
        // No choice is due for a connection that has a company: it was bound meanwhile.
        CompanyOutcome::Overtaken | CompanyOutcome::DifferentCompany(_) => return Err(ChooseError::NotDue),
    }
    tracing::info!(connection = %id, ?outcome, "a company was chosen");
    if let Some(attempt) = choice.attempt() {
        app.notifier.notify(attempt);
    }
    Ok(())
}

/// The company with what the service tells of it, by the token that waits beside the connection.
async fn describe(
    app: &App,
    service: &Service,
    variables: &AddressVariables,
    company: Company,
    stored: &StoredCredential,
) -> Company {
    let record = stored.credential.connection.as_str();
    match app.vault.open(record, Field::AccessToken, &stored.credential.access) {
        Ok(token) => company_lookup::describe(&app.http_client, service, variables, (company, &token)).await,
        Err(error) => {
            tracing::warn!(connection = record, %error, "a company is not looked up");
            company
        }
    }
}

/// Business Central's web service addresses (contract rule C9), kept for whoever reads the data. Tokens travel there, so they
/// are addresses of the service's own API and no others.
fn web_services(
    service: &Service,
    variables: &AddressVariables,
    metadata: &Value,
) -> Result<Vec<(String, String)>, ChooseError> {
    let Some(Value::Object(given)) = metadata.get("webServices") else { return Ok(Vec::new()) };
    let bases = api_origins(service, variables);
    let mut kept = Vec::new();
    for (name, address) in given {
        let address = address.as_str().unwrap_or_default();
        let named = name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_plain = |url: &Url| url.username().is_empty() && url.password().is_none();
        let url = Url::parse(address).ok().filter(is_plain);
        let own = url.is_some_and(|url| bases.contains(&url.origin()));
        if !named || !own || address.len() > 2000 || given.len() > 20 {
            let name: String = name.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
            return Err(ChooseError::ForeignAddress(name));
        }
        kept.push((format!("web_service_{name}"), address.to_owned()));
    }
    Ok(kept)
}

/// Where the service's API lives: where its companies are listed, as built in and as configured.
fn api_origins(service: &Service, variables: &AddressVariables) -> Vec<Origin> {
    let built_in = builtin::get(service.id.as_str()).map(|known| (known.profile)());
    let profiles = built_in.iter().chain([&service.profile]);
    let lists = profiles.flat_map(|profile| &profile.companies).filter_map(|source| match source {
        CompanySource::List(listing) => listing.requests.first(),
        CompanySource::Callback { .. } | CompanySource::Token { .. } | CompanySource::Asked => None,
    });
    lists.filter_map(|request| request.address.at(variables).ok()).map(|url| url.origin()).collect()
}
