//! From a grant to a connection: which of the companies it is, and whether it may be.
//!
//! A connection that is bound to a company takes that one again and no other. A new one takes the first that was granted,
//! or, at services that leave it to the person, a choice is due, which `choose.rs` makes.

use secrecy::SecretString;

use super::admission::{Admission, admit, is_persons_choice};
use super::company_list::{FoundCompanies, Knowledge};
use super::company_lookup;
use super::credential::seal;
use super::service::Service;
use super::token_endpoint::Tokens;
use crate::app::App;
use crate::domain::attempt::{Attempt, ExpectedStage, Failure, Outcome, Refusal};
use crate::domain::company::{AddressVariables, ChoiceOrigin, CompanyBinding};
use crate::domain::connection::Connection;
use crate::domain::credential::StoredCredential;
use crate::services::company::{self, BindRequest, BindStep, CompanyError, CompanyOutcome};
use crate::services::oauth::profile::Granted;
use crate::store::{BindingGuard, Replaced};
use crate::vault::Field;

/// What a connection is to be made of.
pub(super) struct ConnectRequest<'a> {
    pub variables: AddressVariables,
    pub grant: &'a Tokens,
    pub found: FoundCompanies,
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

/// Makes a connection or a choice of a grant. What is neither is not stored anywhere; the caller ends the attempt.
pub(super) async fn connect(
    app: &App,
    service: &Service,
    was: ExpectedStage,
    attempt: &Attempt,
    connection: Connection,
    request: ConnectRequest<'_>,
) -> Result<(Outcome, OlderToken), CompanyError> {
    let ConnectRequest { mut variables, grant, found, missing_scopes, older } = request;
    let FoundCompanies { companies, knowledge, granted } = found;
    let Admission { connection, before, companies, older } =
        match admit(app, service, attempt, connection, companies, older).await? {
            Ok(admitted) => admitted,
            Err(refusal) => return Ok((Outcome::Refused(refusal), OlderToken::Replaced)),
        };
    // What a person added when the company was chosen (Business Central's addresses) is not asked again.
    for (variable, value) in before.variables.iter().filter(|_| before.company.is_some()) {
        if variables.get(variable).is_none() {
            variables.set(variable, value);
        }
    }
    let mut kept = None;
    let company = match &before.company {
        Some(bound) if !companies.is_empty() => {
            match companies.into_iter().find(|company| company.identity == bound.identity) {
                Some(same) => {
                    kept =
                        older.filter(|_| grant.refresh.is_none()).and_then(|older| open_if_valid(app, older));
                    Some(same)
                }
                None => return Ok((Outcome::Refused(Refusal::DifferentAccount), OlderToken::Replaced)),
            }
        }
        Some(bound) => Some(bound.clone()),
        None if is_persons_choice(service, attempt, &companies) => {
            let credential = seal(app, service, connection.id.clone(), grant, None)?;
            let is = attempt.clone().end(Outcome::ChoiceDue);
            let guard = BindingGuard::Attempt { was, is: &is };
            let binding = CompanyBinding { variables, missing_scopes, ..before };
            let origin = (ChoiceOrigin::SignIn(attempt.id.clone()), &attempt.visit);
            let offered =
                company::offer_choice(app, guard, Some(&credential), &binding, origin, companies).await?;
            let outcome = match offered {
                Replaced::Yes => Outcome::ChoiceDue,
                Replaced::Overtaken => Outcome::Failed(Failure::Ourselves),
            };
            return Ok((outcome, OlderToken::Replaced));
        }
        None if granted == Granted::NowOrBefore && companies.len() > 1 => {
            return Ok((Outcome::Failed(Failure::SeveralCompanies), OlderToken::Replaced));
        }
        None => companies.into_iter().next(),
    };
    let company = match company {
        Some(company) if knowledge == Knowledge::AsFound => {
            let about = (company, &grant.access);
            Some(company_lookup::describe(&app.http_client, service, &variables, about).await)
        }
        known => known,
    };
    let mut credential = seal(app, service, connection.id.clone(), grant, kept.as_ref())?;
    if kept.is_some() {
        credential.lapses_at = older.and_then(|older| older.credential.lapses_at);
    }
    let replaced_at = match (&company, older) {
        (None, Some(_)) => {
            tracing::warn!(connection = %connection.id, service = %service.id, "a sign-in takes the place of an older one; \
                the service does not tell whether it is the same company");
            Some(app.now())
        }
        (None, None) | (Some(_), _) => None,
    };
    let binding = CompanyBinding { variables, missing_scopes, replaced_at, ..before };
    let step = BindStep::SignIn { was, attempt, credential: &credential };
    let request = BindRequest { connection, binding, company, lapses_at: credential.lapses_at, step };
    let outcome = match company::bind(app, request).await? {
        CompanyOutcome::Bound => Outcome::Connected,
        CompanyOutcome::Overtaken => Outcome::Failed(Failure::Ourselves),
        CompanyOutcome::Duplicate => Outcome::Refused(Refusal::DuplicateAccount),
        CompanyOutcome::DifferentCompany(_) => Outcome::Refused(Refusal::DifferentAccount),
    };
    Ok((outcome, if kept.is_some() { OlderToken::Kept } else { OlderToken::Replaced }))
}

/// The refresh token that a connection holds; one that is over or does not open is none.
fn open_if_valid(app: &App, stored: &StoredCredential) -> Option<SecretString> {
    let credential = &stored.credential;
    let record = credential.connection.as_str();
    let sealed =
        credential.refresh.as_ref().filter(|_| credential.lapses_at.is_none_or(|end| end > app.now()))?;
    match app.vault.open(record, Field::RefreshToken, sealed) {
        Ok(token) => Some(token),
        Err(error) => {
            tracing::warn!(connection = record, %error, "a refresh token cannot be kept");
            None
        }
    }
}
