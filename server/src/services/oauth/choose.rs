//! The choice among the companies that a sign-in found.

use railz_connect_contract::ConnectionId;
use serde_json::Value;

use super::service::Service;
use super::{company_lookup, revoke};
use crate::app::App;
use crate::domain::company::{AddressVariables, Company};
use crate::domain::connection::Connection;
use crate::domain::credential::StoredCredential;
use crate::domain::visit::VisitId;
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
    #[error("accountId {0:?} is not one of the companies listed: {1}")]
    NotListed(String, String),
    /// The choice could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a choice that is due. A company that was chosen already is chosen: an answer may have been lost on the way. One
/// that another business has connected ends the choice; the next status tells it.
///
/// # Errors
/// [`ChooseError`].
pub async fn choose(
    app: &App,
    visit: &VisitId,
    connection: Connection,
    account: &str,
    metadata: Option<&Value>,
) -> Result<(), ChooseError> {
    let id: ConnectionId = connection.id.clone();
    let binding = company::read_binding(app, &id).await?;
    let Some(choice) = app.store.pending_choice(&id, app.now()).await? else {
        let chosen = binding.company.is_some_and(|company| company.id == account);
        return if chosen { Ok(()) } else { Err(ChooseError::NotDue) };
    };
    let mut company = choice.find(account).cloned().ok_or_else(|| {
        let ids: Vec<_> = choice.companies.iter().map(|company| company.id.as_str()).collect();
        ChooseError::NotListed(account.to_owned(), ids.join(", "))
    })?;
    for (name, address) in metadata.into_iter().flat_map(web_services) {
        company.variables.set(&name, address);
    }
    // Read before: a duplicate forgets the credential along with the choice.
    let credential = app.store.credential(&id).await?;
    let lapses_at = credential.as_ref().and_then(|stored| stored.credential.lapses_at);
    let service = connection.service.clone();
    let variables = binding.clone().with_company(company.clone()).variables;
    if let (Some(service), Some(stored)) = (app.config.services.get(&service), &credential) {
        company = describe(app, service, &variables, company, stored).await;
    }
    let step = BindStep::Choice { choice: &choice, visit };
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

/// Business Central's web service addresses (contract rule C9): https addresses, kept for whoever reads the data.
fn web_services(metadata: &Value) -> Vec<(String, String)> {
    let Some(Value::Object(services)) = metadata.get("webServices") else { return Vec::new() };
    services
        .iter()
        .filter_map(|(name, address)| Some((name, address.as_str()?)))
        .filter(|(name, address)| {
            name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) && address.len() <= 2000
        })
        .filter(|(_, address)| url::Url::parse(address).is_ok_and(|url| url.scheme() == "https"))
        .map(|(name, address)| (format!("web_service_{name}"), address.to_owned()))
        .collect()
}
