//! A browser comes back from the provider, and the attempt ends.
//!
//! The state is used up before the code is exchanged, so a second callback with it finds nothing. Until state and cookie
//! have both been found right, nothing changes: a forged callback cannot end somebody else's sign-in. `grant.rs` makes
//! a grant of the callback, `connect.rs` a connection of the grant.

use railz_connect_contract::{AttemptId, BusinessUuid, ConnectionId, ServiceName};

use super::callback_query::CallbackQuery;
use super::connect::{self, ConnectRequest, OlderToken};
use super::grant::{Grant, obtain_grant};
use super::service::Service;
use super::token_endpoint::Tokens;
use super::{revoke, scopes};
use crate::access::rights::CompanyCheck;
use crate::app::App;
use crate::domain::attempt::{Attempt, AttemptError, ExpectedStage, Failure, Outcome};
use crate::domain::connection::Connection;
use crate::store::{Replaced, StoreError, skip_impossible_row};
use crate::token::TokenHash;
use crate::vault::Sealed;

/// An attempt that ended with this callback.
#[derive(Debug)]
pub struct FinishedSignIn {
    /// The attempt, whose cookie can go now.
    pub attempt: AttemptId,
    /// The business whose connection it was about.
    pub business: BusinessUuid,
    /// The connection that the sign-in was begun at.
    pub connection: ConnectionId,
    /// The service, by its id.
    pub service_id: ServiceName,
    /// The service's name for people.
    pub service: String,
    /// What the popup's page and the next poll say.
    pub outcome: Outcome,
    /// What was asked for and not granted, where it became a connection.
    pub missing_scopes: Vec<String>,
    /// Whether anybody can tell which company was connected.
    pub company: ConnectedCompany,
}

/// Whether a service tells which company a sign-in was to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectedCompany {
    /// It does, and another one than before would have been refused.
    Known,
    /// It does not.
    Unknown,
}

/// Why a callback ended nothing.
#[derive(Debug, thiserror::Error)]
pub enum CallbackError {
    /// No sign-in waits for this state: forged, used before, void, or too old.
    #[error("no sign-in waits for this state")]
    UnknownState,
    /// The answer came to an address that is not this service's: one service may be posing as another (a mix-up).
    #[error("the answer of {0} came to a callback address that is not its own")]
    OtherAddress(String),
    /// The attempt does not go on.
    #[error(transparent)]
    Attempt(#[from] AttemptError),
    /// The service was taken out of the configuration meanwhile.
    #[error("the service {0} is not configured any more")]
    NoService(String),
    /// The database failed; the attempt times out.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Ends the attempt that this callback belongs to. `cookie_of` reads the browser's cookie for an attempt.
///
/// # Errors
/// [`CallbackError`] where it belongs to none.
pub async fn handle_callback(
    app: &App,
    answer: CallbackQuery,
    cookie_of: impl FnOnce(&AttemptId) -> Option<TokenHash>,
) -> Result<FinishedSignIn, CallbackError> {
    let attempt =
        app.store.attempt_in_state(TokenHash::of(&answer.state)).await?.ok_or(CallbackError::UnknownState)?;
    let connection = app.store.connection(&attempt.connection).await?.ok_or(CallbackError::UnknownState)?;
    let service = app
        .config
        .services
        .get(&connection.service)
        .ok_or_else(|| CallbackError::NoService(connection.service.to_string()))?;

    if !service.accepts_callback_at(answer.arrived_at.as_ref()) {
        return Err(CallbackError::OtherAddress(service.id.to_string()));
    }
    let was = attempt.expected_stage();
    let cookie = cookie_of(&attempt.id);
    let (attempt, verifier) = attempt.accept_callback(cookie, app.now())?;
    if app.store.replace_attempt(was, &attempt).await? == Replaced::Overtaken {
        return Err(CallbackError::UnknownState);
    }

    let id = attempt.id.clone();
    let (business, of) = (connection.business.clone(), connection.id.clone());
    let name = service.name.clone();
    let (outcome, missing_scopes) = finish(app, service, attempt, connection, answer, &verifier).await?;
    tracing::info!(attempt = %id, service = %service.id, outcome = outcome.word(), "a sign-in ended");
    app.notifier.notify(&id);
    let company = match service.company_check() {
        CompanyCheck::Possible => ConnectedCompany::Known,
        CompanyCheck::Impossible => ConnectedCompany::Unknown,
    };
    Ok(FinishedSignIn {
        attempt: id,
        business,
        connection: of,
        service_id: service.id.clone(),
        service: name,
        outcome,
        missing_scopes,
        company,
    })
}

async fn finish(
    app: &App,
    service: &Service,
    attempt: Attempt,
    connection: Connection,
    answer: CallbackQuery,
    verifier: &Sealed,
) -> Result<(Outcome, Vec<String>), StoreError> {
    let was = attempt.expected_stage();
    let Grant { variables, tokens: grant, found } =
        match obtain_grant(app, service, &attempt, answer, verifier).await {
            Ok(granted) => granted,
            Err(outcome) => return Ok((end(app, was, attempt, outcome).await?, Vec::new())),
        };
    // Of several that come back at once each is judged by what the one before left.
    let alone = app.signing_in.lock(&connection.id).await;
    let connection = app.store.connection(&connection.id).await?.unwrap_or(connection);
    let older = skip_impossible_row(app.store.credential(&connection.id).await)?;
    let older_binding = app.store.binding(&connection.id).await?;
    let older_variables = older_binding.map(|binding| binding.variables).unwrap_or_default();
    let missing_scopes = scopes::find_missing(service, &grant);
    let request = ConnectRequest {
        variables: variables.clone(),
        grant: &grant,
        found,
        missing_scopes: missing_scopes.clone(),
        older: older.as_ref(),
    };
    let connected = connect::connect(app, service, was, &attempt, connection, request).await;
    drop(alone);
    let outcome = match connected {
        Ok((outcome @ (Outcome::Connected | Outcome::ChoiceDue), kept)) => {
            log_missing_scopes(&attempt, service, &grant, &missing_scopes, kept);
            if kept == OlderToken::Replaced {
                revoke::revoke_replaced(app, service, older, Some(&grant), &older_variables);
            }
            return Ok((outcome, missing_scopes));
        }
        Ok((outcome, _)) => {
            revoke::revoke_unwanted(app, service, &attempt.connection, &grant, &variables).await;
            outcome
        }
        Err(error) => {
            tracing::error!(attempt = %attempt.id, %error, "a credential could not be stored");
            Outcome::Failed(Failure::Ourselves)
        }
    };
    Ok((end(app, was, attempt, outcome).await?, Vec::new()))
}

/// What the operator can put right in the application's registration.
fn log_missing_scopes(
    attempt: &Attempt,
    service: &Service,
    grant: &Tokens,
    missing: &[String],
    kept: OlderToken,
) {
    let (attempt, service) = (&attempt.id, &service.id);
    if !missing.is_empty() {
        let missing = missing.join(" ");
        tracing::warn!(%attempt, %service, missing, "fewer scopes were granted than asked for");
    }
    if grant.refresh.is_none() && kept == OlderToken::Replaced {
        tracing::warn!(%attempt, %service, "the service gave no refresh token; the access ends with the access token");
    }
}

async fn end(
    app: &App,
    was: ExpectedStage,
    attempt: Attempt,
    outcome: Outcome,
) -> Result<Outcome, StoreError> {
    app.store.replace_attempt(was, &attempt.end(outcome)).await?;
    Ok(outcome)
}
