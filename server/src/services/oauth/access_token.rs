//! Hands out the access token of a connection, renewed before where it has little time left.

use std::sync::Arc;

use jiff::Timestamp;
use railz_connect_contract::ConnectionId;
use secrecy::SecretString;
use tokio::task::JoinError;

use super::refresh;
use crate::app::App;
use crate::clock::seconds_after;
use crate::domain::credential::StoredCredential;
use crate::store::StoreError;
use crate::vault::{Field, OpenError};

/// A token with fewer seconds left is not handed out: it would end on its way.
const LEAST_SECONDS: u64 = 30;

/// An access token that a service accepts now.
pub struct AccessToken {
    /// The token itself.
    pub token: SecretString,
    /// Until when the service accepts it, as far as it says.
    pub expires_at: Option<Timestamp>,
    /// The version of the credential that it is of.
    version: i64,
}

/// Why no access token can be handed out, through our own fault.
#[derive(Debug, thiserror::Error)]
pub enum AccessTokenError {
    /// The stored token could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The renewal broke off.
    #[error("the renewal of a token broke off: {0}")]
    Renewal(#[from] JoinError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The access token of a connection, with five minutes left, or just renewed, or with what is left where the service gave no
/// other one. Nothing where none is stored, or the stored one is at its end.
///
/// # Errors
/// [`AccessTokenError`].
pub async fn current(
    app: &Arc<App>,
    connection: &ConnectionId,
) -> Result<Option<AccessToken>, AccessTokenError> {
    let Some(stored) = app.store.credential(connection).await? else { return Ok(None) };
    let before = stored.version;
    let stored = if stored.credential.is_renewal_due(app.now()) {
        // In a task of its own: whoever asks may hang up, and a new token that was not stored would be lost.
        let (app_of_task, id) = (app.clone(), connection.clone());
        app.finishing.spawn(async move { refresh::renew(&app_of_task, &id).await }).await??;
        app.store.credential(connection).await?
    } else {
        Some(stored)
    };
    let Some(stored) = stored else { return Ok(None) };
    let is_new = stored.version != before;
    let is_over =
        stored.credential.access_expires_at.is_some_and(|end| end < seconds_after(app.now(), LEAST_SECONDS));
    if is_over && !is_new {
        return Ok(None);
    }
    Ok(Some(open(app, &stored)?))
}

/// Another access token in place of one that the service refused, although it has time left: somebody else may have renewed
/// it meanwhile, or it is renewed now, once a minute at most. Nothing where there is no other one.
///
/// # Errors
/// [`AccessTokenError`].
pub async fn replace_refused(
    app: &Arc<App>,
    connection: &ConnectionId,
    refused: &AccessToken,
) -> Result<Option<AccessToken>, AccessTokenError> {
    let (app_of_task, id, version) = (app.clone(), connection.clone(), refused.version);
    app.finishing.spawn(async move { refresh::renew_refused(&app_of_task, &id, version).await }).await??;
    let stored = app.store.credential(connection).await?.filter(|stored| stored.version != refused.version);
    stored.map(|stored| Ok(open(app, &stored)?)).transpose()
}

fn open(app: &App, stored: &StoredCredential) -> Result<AccessToken, OpenError> {
    let credential = &stored.credential;
    let token = app.vault.open(credential.connection.as_str(), Field::AccessToken, &credential.access)?;
    Ok(AccessToken { token, expires_at: credential.access_expires_at, version: stored.version })
}
