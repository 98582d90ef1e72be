//! Gives back to the service what a back end disconnected or deleted.
//!
//! The grant is read before, and given back after its connection was ended: what was disconnected here is so, whatever the
//! service says.

use std::sync::Arc;

use tokio::sync::OwnedMutexGuard;

use super::catalog::NonOAuthService;
use super::oauth::revoke;
use super::plaid;
use super::revocation_outcome::RevocationOutcome;
use crate::app::App;
use crate::domain::company::AddressVariables;
use crate::domain::connection::Connection;
use crate::domain::credential::StoredCredential;
use crate::store::{StoreError, skip_impossible_row};
use crate::vault::Field;

/// What a service granted to a connection, as it is stored.
pub struct Grant {
    credential: StoredCredential,
    variables: AddressVariables,
    /// Nobody refreshes the token meanwhile: the newer one would be forgotten and stay good.
    held: OwnedMutexGuard<()>,
}

/// Reads the grant of a connection that is about to be ended, if it has one. One that cannot be read is ended all the
/// same, and stands at its service.
///
/// # Errors
/// [`StoreError`].
pub async fn read_grant(app: &App, connection: &Connection) -> Result<Option<Grant>, StoreError> {
    let held = app.refreshing.lock(&connection.id).await;
    let credential = skip_impossible_row(app.store.credential(&connection.id).await)?;
    let Some(credential) = credential else { return Ok(None) };
    let variables = app.store.binding(&connection.id).await?.map(|binding| binding.variables);
    Ok(Some(Grant { credential, variables: variables.unwrap_or_default(), held }))
}

/// Asks the service to revoke a grant whose connection was ended.
///
/// # Errors
/// [`StoreError`].
pub async fn revoke_grant(app: &Arc<App>, grant: Grant) -> Result<RevocationOutcome, StoreError> {
    let Grant { credential, variables, held } = grant;
    drop(held);
    if let Some(service) = app.config.services.get(&credential.service) {
        return revoke::revoke_ended(app, service, &credential, &variables).await;
    }
    match (NonOAuthService::of(&credential.service), &app.config.non_oauth.plaid) {
        (Some(NonOAuthService::Plaid), Some(_)) => Ok(remove_bank(app, &credential)),
        _ => Ok(RevocationOutcome::NotOffered),
    }
}

/// Asks the service to revoke a grant whose connection was deleted. A failure is logged: the connection is gone, so that
/// nobody can ask again, and further grants wait for their turn.
pub async fn revoke_deleted(app: &Arc<App>, grant: Grant) {
    let connection = grant.credential.credential.connection.clone();
    if let Err(error) = revoke_grant(app, grant).await {
        tracing::error!(%connection, %error, "the grant of a deleted connection may stand at its service");
    }
}

fn remove_bank(app: &Arc<App>, credential: &StoredCredential) -> RevocationOutcome {
    let connection = credential.credential.connection.as_str();
    let access = match app.vault.open(connection, Field::AccessToken, &credential.credential.access) {
        Ok(access) => access,
        Err(error) => {
            tracing::warn!(connection, %error, "a bank cannot be given up");
            return RevocationOutcome::NotOffered;
        }
    };
    let app_of_task = app.clone();
    app.finishing.spawn(async move {
        if let Some(settings) = &app_of_task.config.non_oauth.plaid {
            plaid::remove_item(&app_of_task, settings, &access).await;
        }
    });
    RevocationOutcome::Requested
}
