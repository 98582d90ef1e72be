//! Mends a bank: Plaid is asked before the page is believed.

use railz_connect_contract::{BankResponse, ConnectionId};

use super::client::{self, PlaidClientError};
use super::item::Bank;
use super::link::{forget_duplicates, mine, prove_bank, versioned_access};
use super::{LinkError, Settings, health};
use crate::app::App;
use crate::services::prove::{Proved, Requester, remembered};

/// A bank was mended in the page: asks it whether that is so, and makes its connection stand again.
///
/// # Errors
/// [`LinkError`].
pub async fn mended(
    app: &App,
    settings: &Settings,
    requester: &Requester,
    id: &ConnectionId,
) -> Result<BankResponse, LinkError> {
    let connection = mine(app, &requester.business, id).await?;
    let (access, version) = versioned_access(app, id).await?.ok_or(LinkError::Gone)?;
    let (_, memory) = remembered(app, id).await?;
    let bank = Bank::of(&memory).ok_or_else(|| LinkError::NoConnection(id.to_string()))?;
    let name = bank.institution.name.clone();
    let told = match client::accounts(app, settings, &access).await {
        Ok(told) => told,
        Err(PlaidClientError::Refused(error)) if health::is_gone(&error) => return Err(LinkError::Gone),
        Err(PlaidClientError::Refused(error)) if health::needs_person(&error) => {
            return Err(LinkError::StillAsks(name));
        }
        Err(error) => return Err(error.into()),
    };
    if told.item.error.as_ref().is_some_and(health::needs_person) {
        return Err(LinkError::StillAsks(name));
    }
    let bank = bank.well(Some(&told.accounts), app.now());
    let alone = app.linking.lock().await;
    // What Plaid said is about the access it was asked with, which may have been replaced or given up meanwhile.
    if versioned_access(app, id).await?.is_none_or(|(_, now)| now != version) {
        return Err(LinkError::Overtaken);
    }
    match prove_bank(app, requester, connection, &memory, bank, None).await? {
        Proved::Stands | Proved::Duplicate => {
            forget_duplicates(app, requester, id).await?;
            drop(alone);
            Ok(BankResponse { name: Some(name), connection_id: Some(id.clone()) })
        }
        Proved::DifferentCompany(_) | Proved::Overtaken => Err(LinkError::Overtaken),
    }
}
