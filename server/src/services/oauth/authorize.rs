//! A popup leaves for the provider: because the page that opened it proved that the sign-in is its own, or because the
//! person read whose it is and pressed.
//!
//! It can leave again until a callback has come, because people close popups ("Window closed? Open it again"), and the
//! proof is good for as long. Each time there is a new `state`, PKCE verifier and cookie, and the older ones are void: a
//! popup that was left open elsewhere cannot finish the sign-in any more. Once a callback has come, the address is dead.

use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, Scope};
use railz_connect_contract::AttemptId;

use super::grant::initial_variables;
use super::service::Service;
use super::token_endpoint;
use crate::app::App;
use crate::domain::attempt::{Attempt, AttemptError, AuthorizationRequest};
use crate::random::RandomnessError;
use crate::services::oauth::address_template::fill;
use crate::services::oauth::profile::Pkce;
use crate::store::{Replaced, StoreError};
use crate::token::{Token, TokenHash};
use crate::vault::{Field, SealError};

/// Where a popup is sent, and what must come back with it.
pub struct AuthorizationRedirect {
    /// The attempt; names the cookie.
    pub attempt: AttemptId,
    /// The service's name for people.
    pub service: String,
    /// The provider's address.
    pub location: String,
    /// The cookie that the callback must bring.
    pub cookie: Token,
    /// For how many more seconds the attempt lives.
    pub seconds_left: i64,
}

/// What shows that the person at the popup is the one whose sign-in it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartedBy {
    /// The page that opened the popup has the proof that came with the start address; this is its hash.
    Proof(TokenHash),
    /// The person read whose sign-in it is, and went on.
    Press,
}

/// Why a popup stays.
#[derive(Debug, thiserror::Error)]
pub enum AuthorizeError {
    /// Nothing begins at this address.
    #[error("no sign-in begins with this start token")]
    Unknown,
    /// The proof is another sign-in's, or none.
    #[error("the proof does not belong to this sign-in")]
    WrongProof,
    /// The attempt does not go on.
    #[error(transparent)]
    Attempt(#[from] AttemptError),
    /// Two popups started at the same moment, and the other one won.
    #[error("the same sign-in was started twice at once")]
    Overtaken,
    /// The service was taken out of the configuration meanwhile.
    #[error("the service {0} is not configured any more")]
    NoService(String),
    /// The configured addresses do not make an OAuth client.
    #[error(transparent)]
    Address(#[from] token_endpoint::ClientError),
    /// The database failed; the start address can be opened again.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No random bytes for state, cookie and verifier.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// The PKCE verifier could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// Sends a popup to the provider, for the first time or again.
///
/// # Errors
/// [`AuthorizeError`].
pub async fn authorize(
    app: &App,
    start: TokenHash,
    by: StartedBy,
) -> Result<AuthorizationRedirect, AuthorizeError> {
    let (attempt, service) = find_attempt(app, start).await?;
    if let StartedBy::Proof(proof) = by
        && attempt.opener.as_ref().map(|opener| opener.proof) != Some(proof)
    {
        return Err(AuthorizeError::WrongProof);
    }

    let (state, cookie, verifier) = (Token::generate()?, Token::generate()?, Token::generate()?);
    let request = AuthorizationRequest {
        state: state.hash(),
        cookie: cookie.hash(),
        verifier: app.vault.seal(attempt.id.as_str(), Field::Verifier, &verifier.expose().into())?,
    };
    let now = app.now();
    let was = attempt.expected_stage();
    let attempt = attempt.send_to_provider(request, now)?;
    if app.store.replace_attempt(was, &attempt).await? == Replaced::Overtaken {
        return Err(AuthorizeError::Overtaken);
    }

    let variables = initial_variables(app, service, attempt.answer.as_deref());
    let client =
        token_endpoint::client(service, &variables, app.config.public_url.join(&service.callback_path()))?;
    let mut request = client.authorize_url(|| CsrfToken::new(state.expose().to_owned()));
    if service.profile.pkce == Pkce::S256 {
        let verifier = PkceCodeVerifier::new(verifier.expose().to_owned());
        request = request.set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
    }
    if !service.scopes.is_empty() {
        request = request.add_scope(Scope::new(service.scopes.join(&service.scope_separator)));
    }
    for (key, value) in &service.authorize_parameters {
        if let Some(value) = fill(value, &variables) {
            request = request.add_extra_param(key, value);
        }
    }
    let (location, _) = request.url();
    let by = match by {
        StartedBy::Proof(_) => "proof",
        StartedBy::Press => "press",
    };
    tracing::info!(attempt = %attempt.id, service = %service.id, by, "a popup left for the provider");
    Ok(AuthorizationRedirect {
        service: service.name.clone(),
        seconds_left: attempt.expires_at.as_second() - now.as_second(),
        attempt: attempt.id,
        location: location.into(),
        cookie,
    })
}

/// The attempt that begins with this start token, and its service.
pub(super) async fn find_attempt(app: &App, start: TokenHash) -> Result<(Attempt, &Service), AuthorizeError> {
    let attempt = app.store.attempt_starting_with(start).await?.ok_or(AuthorizeError::Unknown)?;
    let connection = app.store.connection(&attempt.connection).await?.ok_or(AuthorizeError::Unknown)?;
    let service = app
        .config
        .services
        .get(&connection.service)
        .ok_or_else(|| AuthorizeError::NoService(connection.service.to_string()))?;
    Ok((attempt, service))
}
