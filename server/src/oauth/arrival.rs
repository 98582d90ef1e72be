//! A browser comes back from the provider, and the attempt ends.
//!
//! The state is used up before the code is exchanged, so a second callback with it finds nothing. Until state and cookie
//! have both been found right, nothing changes: a forged callback cannot end somebody else's sign-in.

use railz_connect_contract::AttemptId;
use secrecy::SecretString;

use super::exchange::{self, Grant};
use crate::app::App;
use crate::domain::attempt::{Attempt, Failure, NotOpen, Outcome, Refusal};
use crate::domain::connection::Connection;
use crate::domain::credential::{Credential, refresh_after};
use crate::providers::Service;
use crate::store::{Replaced, StoreError};
use crate::token::TokenHash;
use crate::vault::{Field, Sealed};

/// What a callback's query says.
pub struct Answer {
    /// OAuth's `state`.
    pub state: String,
    /// The authorisation code.
    pub code: Option<SecretString>,
    /// The provider's error.
    pub error: Option<String>,
    /// Who answers (RFC 9207).
    pub issuer: Option<String>,
}

/// An attempt that ended with this callback.
#[derive(Debug)]
pub struct Arrived {
    /// The attempt.
    pub attempt: AttemptId,
    /// The service's name for people.
    pub service: String,
    /// How it ended.
    pub outcome: Outcome,
}

/// Why a callback ended nothing.
#[derive(Debug, thiserror::Error)]
pub enum NotArrived {
    /// No sign-in waits for this state: forged, used before, void, or too old.
    #[error("no sign-in waits for this state")]
    UnknownState,
    /// The attempt does not go on.
    #[error(transparent)]
    NotOpen(#[from] NotOpen),
    /// The service was taken out of the configuration meanwhile.
    #[error("the service {0} is not configured any more")]
    NoService(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Ends the attempt that this callback belongs to. `cookie_of` reads the browser's cookie for an attempt.
///
/// # Errors
/// [`NotArrived`] where it belongs to none.
pub async fn arrive(
    app: &App,
    answer: Answer,
    cookie_of: impl FnOnce(&AttemptId) -> Option<TokenHash>,
) -> Result<Arrived, NotArrived> {
    let attempt =
        app.store.attempt_in_state(TokenHash::of(&answer.state)).await?.ok_or(NotArrived::UnknownState)?;
    let connection = app.store.connection(&attempt.connection).await?.ok_or(NotArrived::UnknownState)?;
    let service = app
        .config
        .services
        .get(&connection.service)
        .ok_or_else(|| NotArrived::NoService(connection.service.to_string()))?;

    let was = attempt.mark();
    let cookie = cookie_of(&attempt.id);
    let (attempt, verifier) = attempt.returns(cookie, app.now())?;
    if app.store.replace_attempt(was, &attempt).await? == Replaced::Overtaken {
        return Err(NotArrived::UnknownState);
    }

    let id = attempt.id.clone();
    let name = service.name.clone();
    let outcome = finish(app, service, attempt, connection, answer, &verifier).await?;
    tracing::info!(attempt = %id, service = %service.id, outcome = outcome.word(), "a sign-in ended");
    app.news.tell(&id);
    Ok(Arrived { attempt: id, service: name, outcome })
}

async fn finish(
    app: &App,
    service: &Service,
    attempt: Attempt,
    connection: Connection,
    answer: Answer,
    verifier: &Sealed,
) -> Result<Outcome, StoreError> {
    let was = attempt.mark();
    match credential(app, service, &attempt, answer, verifier).await {
        Ok(credential) => {
            let connection = connection.authorised(app.now());
            let attempt = attempt.ends(Outcome::Connected);
            let replaced = app.store.connect(was, &attempt, &connection, Some(&credential)).await;
            match replaced {
                Ok(Replaced::Yes) => Ok(Outcome::Connected),
                Ok(Replaced::Overtaken) => Ok(Outcome::Failed(Failure::Ourselves)),
                Err(error) => {
                    tracing::error!(attempt = %attempt.id, %error, "a credential could not be stored");
                    end(app, was, attempt, Outcome::Failed(Failure::Ourselves)).await
                }
            }
        }
        Err(outcome) => end(app, was, attempt, outcome).await,
    }
}

async fn end(
    app: &App,
    was: crate::domain::attempt::Mark,
    attempt: Attempt,
    outcome: Outcome,
) -> Result<Outcome, StoreError> {
    app.store.replace_attempt(was, &attempt.ends(outcome)).await?;
    Ok(outcome)
}

/// The credential that the answer leads to, or how the attempt ends without one.
async fn credential(
    app: &App,
    service: &Service,
    attempt: &Attempt,
    answer: Answer,
    verifier: &Sealed,
) -> Result<Credential, Outcome> {
    let broken = |failure: Failure, cause: &dyn std::fmt::Display| {
        tracing::error!(attempt = %attempt.id, service = %service.id, %cause, "a sign-in failed");
        Outcome::Failed(failure)
    };
    service.issuer.check(answer.issuer.as_deref()).map_err(|wrong| broken(Failure::WrongIssuer, &wrong))?;
    let code = match (answer.error.as_deref(), answer.code) {
        (Some("access_denied"), _) => return Err(Outcome::Refused(Refusal::AccessDenied)),
        (Some(error), _) => {
            let cause = format!("the provider answered {}", word_for_the_log(error));
            return Err(broken(Failure::ProviderError, &cause));
        }
        (None, None) => return Err(broken(Failure::NoCode, &"the callback has neither code nor error")),
        (None, Some(code)) => code,
    };
    let verifier = app
        .vault
        .open(attempt.id.as_str(), Field::Verifier, verifier)
        .map_err(|error| broken(Failure::Ourselves, &error))?;
    let client = exchange::client(service, app.config.public_url.join("/oauth/callback"))
        .map_err(|error| broken(Failure::Ourselves, &error))?;
    let grant = exchange::code(&client, &app.transport, &code, &verifier)
        .await
        .map_err(|error| broken(error.failure(), &error))?;
    sealed(app, attempt.connection.clone(), &grant, None).map_err(|error| broken(Failure::Ourselves, &error))
}

/// Seals what a token endpoint gave. `older` is the refresh token to keep where no new one came.
pub(super) fn sealed(
    app: &App,
    connection: railz_connect_contract::ConnectionId,
    grant: &Grant,
    older: Option<&SecretString>,
) -> Result<Credential, crate::vault::SealFailed> {
    let record = connection.as_str();
    let access = app.vault.seal(record, Field::AccessToken, &grant.access)?;
    let refresh = grant
        .refresh
        .as_ref()
        .or(older)
        .map(|token| app.vault.seal(record, Field::RefreshToken, token))
        .transpose()?;
    let refresh_at = match (&refresh, grant.lifetime) {
        (Some(_), Some(lifetime)) => Some(refresh_after(app.now(), lifetime.as_secs())),
        _ => None,
    };
    Ok(Credential { connection, access, refresh, refresh_at })
}

/// An error word of a provider, short and plain enough for a log line (RFC 6749 appendix A.7 allows no more).
pub(super) fn word_for_the_log(error: &str) -> String {
    error.chars().filter(char::is_ascii_graphic).take(60).collect()
}
