//! Hands out the access token of a connection, renewed before where it has little time left.

use std::sync::Arc;

use jiff::Timestamp;
use railz_connect_contract::ConnectionId;
use secrecy::SecretString;
use tokio::task::JoinError;

use super::refresh;
use crate::app::App;
use crate::clock::seconds_after;
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
    let credential = stored.credential;
    let is_over =
        credential.access_expires_at.is_some_and(|end| end < seconds_after(app.now(), LEAST_SECONDS));
    if is_over && !is_new {
        return Ok(None);
    }
    let token = app.vault.open(connection.as_str(), Field::AccessToken, &credential.access)?;
    Ok(Some(AccessToken { token, expires_at: credential.access_expires_at }))
}
