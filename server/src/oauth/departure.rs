//! A popup leaves for the provider.
//!
//! The start address can be opened again until a callback has come, because people close popups ("Window closed? Open
//! it again"). Each time there is a new `state`, PKCE verifier and cookie, and the older ones are void: a popup that was
//! left open elsewhere cannot finish the sign-in any more. Once a callback has come, the address is dead.

use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, Scope};
use railz_connect_contract::AttemptId;

use super::exchange;
use super::granted::place;
use crate::app::App;
use crate::domain::attempt::{NotOpen, RoundTrip};
use crate::providers::address::filled;
use crate::providers::habits::Pkce;
use crate::random::NoRandomness;
use crate::store::{Replaced, StoreError};
use crate::token::{Token, TokenHash};
use crate::vault::{Field, SealFailed};

/// A popup on its way.
pub struct Departed {
    /// Its attempt.
    pub attempt: AttemptId,
    /// The provider's address.
    pub location: String,
    /// The cookie that the callback must bring.
    pub cookie: Token,
    /// For how many more seconds the attempt lives.
    pub seconds_left: i64,
}

/// Why a popup stays.
#[derive(Debug, thiserror::Error)]
pub enum NotDeparted {
    /// Nothing begins at this address.
    #[error("no sign-in begins with this start token")]
    Unknown,
    /// The attempt does not go on.
    #[error(transparent)]
    NotOpen(#[from] NotOpen),
    /// Two popups started at the same moment, and the other one won.
    #[error("the same sign-in was started twice at once")]
    Overtaken,
    /// The service was taken out of the configuration meanwhile.
    #[error("the service {0} is not configured any more")]
    NoService(String),
    /// The configured addresses do not make an OAuth client.
    #[error(transparent)]
    Address(#[from] exchange::NoClient),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Chance.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The vault.
    #[error(transparent)]
    Seal(#[from] SealFailed),
}

/// Sends a popup to the provider, for the first time or again.
///
/// # Errors
/// [`NotDeparted`].
pub async fn depart(app: &App, start: TokenHash) -> Result<Departed, NotDeparted> {
    let attempt = app.store.attempt_starting_with(start).await?.ok_or(NotDeparted::Unknown)?;
    let connection = app.store.connection(&attempt.connection).await?.ok_or(NotDeparted::Unknown)?;
    let service = app
        .config
        .services
        .get(&connection.service)
        .ok_or_else(|| NotDeparted::NoService(connection.service.to_string()))?;

    let (state, cookie, verifier) =
        (Token::new(app.randomness())?, Token::new(app.randomness())?, Token::new(app.randomness())?);
    let trip = RoundTrip {
        state: state.hash(),
        cookie: cookie.hash(),
        verifier: app.vault.seal(attempt.id.as_str(), Field::Verifier, &verifier.expose().into())?,
    };
    let now = app.now();
    let was = attempt.mark();
    let attempt = attempt.departs(trip, now)?;
    if app.store.replace_attempt(was, &attempt).await? == Replaced::Overtaken {
        return Err(NotDeparted::Overtaken);
    }

    let place = place(app, service, attempt.answer.as_deref());
    let client = exchange::client(service, &place, app.config.public_url.join("/oauth/callback"))?;
    let mut request = client.authorize_url(|| CsrfToken::new(state.expose().to_owned()));
    if service.habits.pkce == Pkce::S256 {
        let verifier = PkceCodeVerifier::new(verifier.expose().to_owned());
        request = request.set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
    }
    if !service.scopes.is_empty() {
        request = request.add_scope(Scope::new(service.scopes.join(&service.scope_separator)));
    }
    for (key, value) in &service.authorize_parameters {
        if let Some(value) = filled(value, &place) {
            request = request.add_extra_param(key, value);
        }
    }
    let (location, _) = request.url();
    tracing::info!(attempt = %attempt.id, service = %service.id, "a popup left for the provider");
    Ok(Departed {
        seconds_left: attempt.expires_at.as_second() - now.as_second(),
        attempt: attempt.id,
        location: location.into(),
        cookie,
    })
}
