//! Forgets the choices of a company that nobody made in time.

use super::oauth::revoke;
use crate::app::App;
use crate::store::{StoreError, skip_impossible_row};

/// Forgets them, and revokes the grants that waited for them; returns how many.
///
/// # Errors
/// [`StoreError`], after which the rest waits for the next time.
pub async fn drop_expired_choices(app: &App) -> Result<u64, StoreError> {
    let now = app.now();
    let mut waited = Vec::new();
    for id in app.store.list_expired_choices(now).await? {
        let variables = app.store.binding(&id).await?.map(|binding| binding.variables).unwrap_or_default();
        let credential = skip_impossible_row(app.store.credential(&id).await)?;
        waited.extend(credential.map(|credential| (credential, variables)));
    }
    let dropped = app.store.drop_choices(now).await?;
    for (credential, variables) in waited {
        let id = &credential.credential.connection;
        let service = app.config.services.get(&credential.service);
        if let (Some(service), None) = (service, app.store.credential(id).await?) {
            revoke::revoke_unchosen(app, service, credential, &variables);
        }
    }
    Ok(dropped)
}
