//! From a grant to a connection: which of the companies it is, and whether it may be.
//!
//! A connection that is tied to a company takes that one again and no other. A new one takes the first that was granted,
//! or, at services that leave it to the person, a choice is due.

use railz_connect_contract::ConnectionId;
use secrecy::SecretString;
use serde_json::Value;

use super::credential::sealed;
use super::service::Service;
use super::token_endpoint::Tokens;
use crate::app::App;
use crate::domain::attempt::{Attempt, Failure, Mark, Outcome, Refusal};
use crate::domain::company::{AddressVariables, Choice, Company, Tie};
use crate::domain::connection::Connection;
use crate::domain::credential::StoredCredential;
use crate::services::oauth::profile::CompanyChoice;
use crate::store::{BindOutcome, Replaced, StoreError};
use crate::vault::{Field, SealError};

/// What a connection is to be made of.
pub(super) struct ConnectRequest<'a> {
    pub place: AddressVariables,
    pub grant: &'a Tokens,
    pub companies: Vec<Company>,
    pub missing_scopes: Vec<String>,
    /// What the connection holds so far.
    pub older: Option<&'a StoredCredential>,
}

/// What becomes of the refresh token that a connection held before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OlderToken {
    /// A newer one takes its place, or none.
    Replaced,
    /// It stays: the service gave none this time, and the company is the same.
    Kept,
}

/// Why nothing could be stored.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConnectError {
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a connection or a choice of a grant. What is neither is not stored anywhere; the caller ends the attempt.
pub(super) async fn connect(
    app: &App,
    service: &Service,
    was: Mark,
    attempt: &Attempt,
    connection: Connection,
    grounds: ConnectRequest<'_>,
) -> Result<(Outcome, OlderToken), ConnectError> {
    let now = app.now();
    let ConnectRequest { mut place, grant, companies, missing_scopes, older } = grounds;
    let before = app.store.tie(&connection.id).await?;
    let tied = before.as_ref().and_then(|tie| tie.company.clone());
    // What a person added when the company was chosen (Business Central's addresses) is not asked again.
    for (variable, value) in before.iter().filter(|_| tied.is_some()).flat_map(|tie| tie.place.iter()) {
        if place.get(variable).is_none() {
            place.set(variable, value);
        }
    }
    let tie = Tie { connection: connection.id.clone(), company: None, place, missing_scopes };
    let mut kept = None;
    let company = match (tied, service.profile.company_choice) {
        (Some(before), _) if !companies.is_empty() => {
            match companies.into_iter().find(|company| company.id == before.id) {
                Some(same) => {
                    kept = older.filter(|_| grant.refresh.is_none()).and_then(|older| still_good(app, older));
                    Some(same)
                }
                None => return Ok((Outcome::Refused(Refusal::DifferentAccount), OlderToken::Replaced)),
            }
        }
        (Some(before), _) => Some(before),
        (None, CompanyChoice::ByPerson(_)) if !companies.is_empty() => {
            let credential = sealed(app, service, connection.id.clone(), grant, None)?;
            let choice = Choice::among(connection.id, attempt.id.clone(), companies, now);
            let is = attempt.clone().end(Outcome::ChoiceDue);
            let offered = app.store.offer(was, &is, &credential, &tie, &choice).await?;
            let outcome = match offered {
                Replaced::Yes => Outcome::ChoiceDue,
                Replaced::Overtaken => Outcome::Failed(Failure::Ourselves),
            };
            return Ok((outcome, OlderToken::Replaced));
        }
        (None, _) => companies.into_iter().next(),
    };
    let tie = match company {
        Some(company) => tie.to(company),
        None => tie,
    };
    let is = attempt.clone().end(Outcome::Connected);
    let mut credential = sealed(app, service, connection.id.clone(), grant, kept.as_ref())?;
    if kept.is_some() {
        credential.lapses_at = older.and_then(|older| older.credential.lapses_at);
    }
    let connection = connection.authorised(now, credential.lapses_at);
    let settled = app.store.settle(was, &is, &connection, &credential, &tie).await?;
    let outcome = match settled {
        BindOutcome::Yes => Outcome::Connected,
        BindOutcome::Overtaken => Outcome::Failed(Failure::Ourselves),
        BindOutcome::Duplicate => Outcome::Refused(Refusal::DuplicateAccount),
    };
    Ok((outcome, if kept.is_some() { OlderToken::Kept } else { OlderToken::Replaced }))
}

/// The refresh token that a connection holds; one that is over or does not open is none.
fn still_good(app: &App, held: &StoredCredential) -> Option<SecretString> {
    let held = &held.credential;
    let record = held.connection.as_str();
    let sealed = held.refresh.as_ref().filter(|_| held.lapses_at.is_none_or(|end| end > app.now()))?;
    match app.vault.open(record, Field::RefreshToken, sealed) {
        Ok(token) => Some(token),
        Err(error) => {
            tracing::warn!(connection = record, %error, "a refresh token cannot be kept");
            None
        }
    }
}

/// Why a company could not be chosen.
#[derive(Debug, thiserror::Error)]
pub enum ChooseError {
    /// No choice is due.
    #[error("no choice of a company is due for this connection; sign in again")]
    NotDue,
    /// The company is not in the list.
    #[error("accountId {0:?} is not one of the companies listed: {1}")]
    NotListed(String, String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a choice that is due. A company that was chosen already is chosen: an answer may have been lost on the way.
///
/// # Errors
/// [`ChooseError`].
pub async fn choose(
    app: &App,
    connection: Connection,
    account: &str,
    further: Option<&Value>,
) -> Result<BindOutcome, ChooseError> {
    let now = app.now();
    let id: ConnectionId = connection.id.clone();
    let tie = app.store.tie(&id).await?;
    let Some(choice) = app.store.choice(&id, now).await? else {
        let chosen = tie.and_then(|tie| tie.company).is_some_and(|company| company.id == account);
        return if chosen { Ok(BindOutcome::Yes) } else { Err(ChooseError::NotDue) };
    };
    let company = choice.find(account).cloned().ok_or_else(|| {
        let ids: Vec<_> = choice.companies.iter().map(|company| company.id.as_str()).collect();
        ChooseError::NotListed(account.to_owned(), ids.join(", "))
    })?;
    let tie = tie.unwrap_or_else(|| Tie::none(id.clone()));
    let mut tie = tie.to(company);
    if let Some(further) = further {
        for (name, address) in web_services(further) {
            tie.place.set(&name, address);
        }
    }
    // Read before: a duplicate forgets the credential along with the choice.
    let credential = app.store.credential(&id).await?;
    let lapses_at = credential.as_ref().and_then(|stored| stored.credential.lapses_at);
    let service = connection.service.clone();
    let settled = app.store.choose(&choice, &connection.authorised(now, lapses_at), &tie).await?;
    if settled == BindOutcome::Duplicate
        && let Some(service) = app.config.services.get(&service)
    {
        super::revoke::replaced(app, service, credential, None, &tie.place);
    }
    if settled == BindOutcome::Overtaken {
        return Err(ChooseError::NotDue);
    }
    tracing::info!(connection = %id, ?settled, "a company was chosen");
    app.notifier.notify(&choice.attempt);
    Ok(settled)
}

/// Business Central's web service addresses (call 9): https addresses, kept for whoever reads the data.
fn web_services(further: &Value) -> Vec<(String, String)> {
    let Some(Value::Object(services)) = further.get("webServices") else { return Vec::new() };
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
