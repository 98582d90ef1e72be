//! Mends a bank: Plaid is asked before the page is believed.

use railz_connect_contract::{BankResponse, ConnectionId};

use super::client::{self, NotAnswered};
use super::link::{forget_duplicates, mine, prove_bank, versioned_access};
use super::memory::Bank;
use super::{NotLinked, Settings, health};
use crate::app::App;
use crate::special::prove::{Asker, Proved, remembered};

/// A bank was mended in the page: asks it whether that is so, and makes its connection stand again.
///
/// # Errors
/// [`NotLinked`].
pub async fn mended(
    app: &App,
    settings: &Settings,
    asker: &Asker,
    id: &ConnectionId,
) -> Result<BankResponse, NotLinked> {
    let connection = mine(app, &asker.business, id).await?;
    let (access, version) = versioned_access(app, id).await?.ok_or(NotLinked::Gone)?;
    let (_, memory) = remembered(app, id).await?;
    let bank = Bank::of(&memory).ok_or_else(|| NotLinked::NoConnection(id.to_string()))?;
    let name = bank.institution.name.clone();
    let told = match client::accounts(app, settings, &access).await {
        Ok(told) => told,
        Err(NotAnswered::Refused(complaint)) if health::is_gone(&complaint) => return Err(NotLinked::Gone),
        Err(NotAnswered::Refused(complaint)) if health::needs_person(&complaint) => {
            return Err(NotLinked::StillAsks(name));
        }
        Err(error) => return Err(error.into()),
    };
    if told.item.error.as_ref().is_some_and(health::needs_person) {
        return Err(NotLinked::StillAsks(name));
    }
    let bank = bank.well(Some(&told.accounts), app.now());
    let alone = app.linking.lock().await;
    // What Plaid said is about the access it was asked with, which may have been replaced or given up meanwhile.
    if versioned_access(app, id).await?.is_none_or(|(_, now)| now != version) {
        return Err(NotLinked::Overtaken);
    }
    match prove_bank(app, asker, connection, &memory, bank, None).await? {
        Proved::Stands | Proved::Duplicate => {
            forget_duplicates(app, asker, id).await?;
            drop(alone);
            Ok(BankResponse { name: Some(name), connection_id: Some(id.clone()) })
        }
        Proved::DifferentCompany(_) | Proved::Overtaken => Err(NotLinked::Overtaken),
    }
}
