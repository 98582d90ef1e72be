//! Keeps access tokens fresh, so that whoever needs one finds one.
//!
//! One credential at a time: it is claimed, refreshed, and stored over the version it was read in. The server does so in
//! rounds; [`renew`] does it for somebody who needs a token now. A reauthorisation
//! that comes in between wins.

use jiff::Timestamp;
use railz_connect_contract::ConnectionId;

use super::credential::seal;
use super::grant::initial_variables;
use super::token_endpoint::{self, TokenEndpointError};
use crate::app::App;
use crate::clock::{seconds_after, seconds_before};
use crate::domain::credential::StoredCredential;
use crate::services::oauth::profile::Rotation;
use crate::store::{Replaced, StoreError, skip_impossible_row};
use crate::vault::Field;

/// After how many seconds a refresh that did not work is tried again.
const AGAIN_SECONDS: u64 = 300;

/// For how many seconds a service that failed is left alone by those who need a token now.
const REST_SECONDS: u64 = 10;

/// Refreshes what is due, unless the server ends meanwhile; returns how many were.
///
/// # Errors
/// [`StoreError`], after which the rest stays due.
pub async fn refresh_due(app: &App) -> Result<usize, StoreError> {
    let mut count = 0;
    while !app.ending.is_cancelled() {
        let now: Timestamp = app.now();
        let Some(connection) = app.store.next_due(now).await? else { break };
        // Held before it is claimed: whoever needs the token meanwhile would take the claim for a refresh that failed.
        let _held = app.refreshing.lock(&connection).await;
        let again = seconds_after(now, AGAIN_SECONDS);
        // Somebody who needed the token may have renewed it while this waited.
        if let Some(stored) = skip_impossible_row(app.store.claim_due(&connection, now, again).await)? {
            count += 1;
            refresh(app, &stored).await?;
        }
    }
    Ok(count)
}

/// Refreshes the token of one connection, unless one was fetched while this waited for its turn, or the service failed
/// just now. What came of it is in the store.
///
/// # Errors
/// [`StoreError`].
pub async fn renew(app: &App, connection: &ConnectionId) -> Result<(), StoreError> {
    let _held = app.refreshing.lock(connection).await;
    let now = app.now();
    let Some(stored) = app.store.credential(connection).await? else { return Ok(()) };
    if stored.credential.is_renewal_due(now) { renew_now(app, &stored).await } else { Ok(()) }
}

/// Refreshes the token of one connection whose service refused it in this version, unless somebody renewed it meanwhile or
/// this was done within the minute: a service may say 401 to whatever it is asked.
///
/// # Errors
/// [`StoreError`].
pub async fn renew_refused(app: &App, connection: &ConnectionId, version: i64) -> Result<(), StoreError> {
    let _held = app.refreshing.lock(connection).await;
    let Some(stored) = app.store.credential(connection).await? else { return Ok(()) };
    let can_be_renewed = stored.version == version && stored.credential.refresh.is_some();
    if can_be_renewed && app.forced_renewals.may_renew(connection, app.now()) {
        tracing::info!(%connection, "the service refused an access token that has time left; it is renewed");
        return renew_now(app, &stored).await;
    }
    Ok(())
}

/// Refreshes a token, unless the service failed just now. Whoever calls holds the connection's lock.
async fn renew_now(app: &App, stored: &StoredCredential) -> Result<(), StoreError> {
    let now = app.now();
    let again = seconds_after(now, AGAIN_SECONDS);
    let failed_just_now = stored.claims > 0
        && stored.credential.refresh_at.is_some_and(|at| at > seconds_before(again, REST_SECONDS));
    if failed_just_now {
        return Ok(());
    }
    match app.store.claim(stored, again).await? {
        Replaced::Yes => refresh(app, stored).await,
        Replaced::Overtaken => Ok(()),
    }
}

async fn refresh(app: &App, stored: &StoredCredential) -> Result<(), StoreError> {
    let connection = &stored.credential.connection;
    let (Some(service), Some(token)) =
        (app.config.services.get(&stored.service), stored.credential.refresh.as_ref())
    else {
        tracing::warn!(%connection, service = %stored.service, "a token is due, but its service is not configured");
        return Ok(());
    };
    let not_now = |cause: &dyn std::fmt::Display| {
        tracing::warn!(%connection, service = %service.id, %cause, "a token could not be refreshed");
    };
    let token = match app.vault.open(connection.as_str(), Field::RefreshToken, token) {
        Ok(token) => token,
        Err(error) => {
            not_now(&error);
            return Ok(());
        }
    };
    let variables = match app.store.binding(connection).await? {
        Some(binding) => binding.variables,
        None => initial_variables(app, service, None),
    };
    let client = match token_endpoint::client(
        service,
        &variables,
        app.config.public_url.join(&service.callback_path()),
    ) {
        Ok(client) => client,
        Err(error) => {
            not_now(&error);
            return Ok(());
        }
    };
    let lost = stored.claims > 0 && service.profile.rotation == Rotation::SingleUse;
    match token_endpoint::refresh((service, &variables), &client, &app.http_client, &token).await {
        Ok(grant) => match seal(app, service, connection.clone(), &grant, Some(&token)) {
            Ok(mut credential) => {
                credential.lapses_at = credential.lapses_at.or(stored.credential.lapses_at);
                let stands = app.store.connection(connection).await?;
                let stands = stands.map(|stands| stands.refreshed(app.now(), credential.lapses_at));
                let replaced =
                    app.store.replace_credential(stored.version, &credential, stands.as_ref()).await?;
                if replaced == Replaced::Yes {
                    tracing::debug!(%connection, "refreshed a token");
                }
            }
            Err(error) => not_now(&error),
        },
        // The service ended the token when it was used, and its answer never got here.
        Err(TokenEndpointError::InvalidGrant) if lost => {
            app.store.lapse(stored.version, connection, app.now()).await?;
            tracing::warn!(%connection, service = %service.id, "a refresh token was lost; it must be authorised again");
        }
        Err(TokenEndpointError::InvalidGrant) => {
            app.store.disconnect(stored.version, connection, app.now()).await?;
            tracing::warn!(%connection, service = %service.id, "the service does not accept the authorisation any more");
        }
        Err(error) => not_now(&error),
    }
    Ok(())
}
