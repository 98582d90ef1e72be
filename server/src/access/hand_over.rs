//! What a visit hands over: the connectionToken that its success page receives, and what redeeming it gives.
//!
//! A signature must not turn whoever typed a shop's name into its owner: of an open visit only what was signed in to in it
//! is signed. A minted visit's business was named by the customer's back end, so all of its connections are.

use std::collections::HashSet;

use jiff::Timestamp;
use railz_connect_contract::{ConnectionId, ServiceName};

use super::connection_token::{ClaimedConnection, ConnectionClaims, ConnectionTokenError};
use super::jws::ClaimsError;
use super::rights::{self, Visibility, visibility};
use super::signing_key_rotation::{self, SigningKeyError};
use crate::app::App;
use crate::domain::connection::{AuthorizationState, Connection};
use crate::domain::visit::{Visit, VisitId};
use crate::domain::widget::Widget;
use crate::random::{self, RandomnessError};
use crate::store::{Redemption, StoreError};

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum SignTokenError {
    /// No key to sign with.
    #[error(transparent)]
    SigningKey(#[from] SigningKeyError),
    /// The claims have no form in JSON.
    #[error(transparent)]
    Claims(#[from] ClaimsError),
    /// No random bytes for the token's id.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a token was not redeemed.
#[derive(Debug, thiserror::Error)]
pub enum RedeemError {
    /// It is not one of this server for this widget, or too old.
    #[error(transparent)]
    Token(#[from] ConnectionTokenError),
    /// It was redeemed before, or a newer one of its visit took its place.
    #[error(
        "the connectionToken is over: it was redeemed already, or a newer one of its visit took its place"
    )]
    Over,
    /// No keys to check it with.
    #[error(transparent)]
    SigningKey(#[from] SigningKeyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Signs what a visit has connected; nothing where there is nothing that may be signed. The newest token of a visit is
/// the one that counts.
///
/// # Errors
/// [`SignTokenError`].
pub async fn sign(app: &App, visit: &Visit) -> Result<Option<String>, SignTokenError> {
    let now = app.now();
    let mut all = app.store.connections(&visit.business).await?;
    all.sort_by_key(rights::list_place);
    let bindings = app.store.bindings_of(&visit.business).await?.into_iter();
    let told: HashSet<ConnectionId> =
        bindings.filter(|binding| binding.company.is_some()).map(|binding| binding.connection).collect();
    let claim = |connection| claim(visit, connection, &told, now);
    let connections: Vec<_> = all.iter().filter_map(claim).collect();
    if connections.is_empty() {
        return Ok(None);
    }
    let key = signing_key_rotation::open_signing_key(app).await?;
    let (iat, exp) = ConnectionClaims::lifetime(now);
    let claims = ConnectionClaims {
        iss: app.config.public_url.to_string(),
        aud: visit.widget.clone(),
        iat,
        exp,
        jti: random::text()?,
        state: visit.settings.state.clone(),
        business_uuid: visit.business.clone(),
        connections,
    };
    let expires_at = Timestamp::from_second(exp).unwrap_or(now);
    app.store.put_connection_token(&visit.id, &claims.jti, expires_at).await?;
    let token = claims.sign(&key)?;
    let connections = claims.connections.len();
    tracing::info!(visit = %visit.id, business = %visit.business, connections, "a connectionToken was signed");
    Ok(Some(token))
}

/// How a visit tells of a connection; not at all of what does not stand, or is not its to vouch for. `told` are those whose
/// company is known.
fn claim(
    visit: &Visit,
    connection: &Connection,
    told: &HashSet<ConnectionId>,
    now: Timestamp,
) -> Option<ClaimedConnection> {
    let stands = match connection.authorization {
        AuthorizationState::Active { expires_at, .. } => expires_at > now,
        AuthorizationState::NeverAuthorized | AuthorizationState::Disconnected { .. } => false,
    };
    let signed_in = connection.signed_in_visit.as_ref() == Some(&visit.id);
    let vouched_for = visibility(visit.visitor(), connection) == Visibility::Full;
    let service_name: ServiceName = connection.service.clone();
    (stands && vouched_for).then(|| ClaimedConnection {
        connection_id: connection.id.clone(),
        service_name,
        signed_in,
        open_session: connection.is_tied_by_page(),
        company_unknown: !connection.is_sandbox() && !told.contains(&connection.id),
    })
}

/// Takes a token in, once.
///
/// # Errors
/// [`RedeemError`].
pub async fn redeem(
    app: &App,
    widget: &Widget,
    token: &str,
) -> Result<(VisitId, ConnectionClaims), RedeemError> {
    let keys = signing_key_rotation::rotate(app).await?;
    let issuer = app.config.public_url.to_string();
    let claims = ConnectionClaims::read(token, &keys, &issuer, &widget.id, app.now())?;
    match app.store.redeem_connection_token(&claims.jti, app.now()).await? {
        Redemption::Redeemed(visit) => Ok((visit, claims)),
        Redemption::Over => Err(RedeemError::Over),
    }
}
