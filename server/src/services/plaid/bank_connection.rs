//! A bank's connection: found, opened, bound to its bank, and rid of duplicates that are over.

use railz_connect_contract::{BusinessUuid, ConnectionId};
use secrecy::SecretString;
use serde_json::json;

use super::client;
use super::item::Bank;
use super::link_error::LinkError;
use super::settings::Settings;
use crate::app::App;
use crate::domain::company::{Company, CompanyBinding};
use crate::domain::connection::{AuthorizationState, Connection};
use crate::domain::widget::Channel;
use crate::services::catalog::NonOAuthService;
use crate::services::company::{
    AuthorizedBy, CompanyOutcome, Requester, connect_with_credentials, read_binding,
};
use crate::vault::Field;

pub(super) fn is_bank(connection: &Connection) -> bool {
    connection.service.as_str() == NonOAuthService::Plaid.id() && connection.channel == Channel::Service
}

/// This business's connection of this id, if it is one to a bank that was linked once.
pub(super) async fn find_linked(
    app: &App,
    business: &BusinessUuid,
    id: &ConnectionId,
) -> Result<Connection, LinkError> {
    let found = app.store.connection(id).await?;
    let is_linked = |found: &Connection| {
        &found.business == business
            && is_bank(found)
            && found.authorization != AuthorizationState::NeverAuthorized
    };
    found.filter(is_linked).ok_or(LinkError::NoConnection)
}

/// The banks of a business, those included that only ever were duplicates.
pub(super) async fn find_all(
    app: &App,
    business: &BusinessUuid,
) -> Result<Vec<(Connection, CompanyBinding, Bank)>, LinkError> {
    let mut all = Vec::new();
    for connection in app.store.connections(business).await?.into_iter().filter(is_bank) {
        let binding = read_binding(app, &connection.id).await?;
        if let Some(bank) = Bank::of(&binding) {
            all.push((connection, binding, bank));
        }
    }
    Ok(all)
}

/// The access token of a connection; nothing where it was given up.
pub(super) async fn access(app: &App, id: &ConnectionId) -> Result<Option<SecretString>, LinkError> {
    Ok(versioned_access(app, id).await?.map(|(access, _)| access))
}

/// The same, with the version in which it is stored.
pub(super) async fn versioned_access(
    app: &App,
    id: &ConnectionId,
) -> Result<Option<(SecretString, i64)>, LinkError> {
    let Some(stored) = app.store.credential(id).await? else { return Ok(None) };
    let access = app.vault.open(id.as_str(), Field::AccessToken, &stored.credential.access)?;
    Ok(Some((access, stored.version)))
}

/// Makes a bank's connection stand. One that was updated stays what it was to others, whatever accounts it has now.
pub(super) async fn bind(
    app: &App,
    by: (&Requester, AuthorizedBy<'_>),
    connection: Connection,
    before: Option<&Company>,
    bank: Bank,
    access: Option<&SecretString>,
) -> Result<CompanyOutcome, LinkError> {
    let bank = Bank { seen_to_in: Some(by.0.visit.clone()), ..bank };
    let company = Company {
        identity: before.map_or(&bank.fingerprint, |before| &before.identity).clone(),
        name: Some(bank.institution.name.clone()),
        ..Company::of_id(&bank.item)
    };
    Ok(connect_with_credentials(app, by, connection, company, access, json!(bank)).await?)
}

/// What this visit heard of other banks is over: the old client would take it for the answer to its newest link.
pub(super) async fn forget_duplicates(
    app: &App,
    requester: &Requester,
    but: &ConnectionId,
) -> Result<(), LinkError> {
    for (connection, binding, _) in find_all(app, &requester.business).await? {
        if &connection.id == but || binding.duplicate_for.as_ref() != Some(&requester.visit) {
            continue;
        }
        let binding = read_binding(app, &connection.id).await?;
        app.store.put_binding(&CompanyBinding { duplicate_for: None, ..binding }).await?;
    }
    Ok(())
}

/// Removes an item at Plaid. Nothing depends on it but the operator's bill.
pub async fn remove_item(app: &App, settings: &Settings, access: &SecretString) {
    match client::remove(app, settings, access).await {
        Ok(()) => tracing::debug!("gave up an item that is not used"),
        Err(error) => tracing::warn!(%error, "an item that is not used could not be given up"),
    }
}
