//! Update mode: a bank that asked for a sign-in again got it in the page. Plaid is asked before the page is believed.

use jiff::Timestamp;
use railz_connect_contract::{BankResponse, ConnectionId};

use super::bank_connection::{self, find_linked, forget_duplicates, versioned_access};
use super::client::{self, PlaidClientError};
use super::health;
use super::item::Bank;
use super::link_error::LinkError;
use super::settings::Settings;
use crate::app::App;
use crate::domain::connection::{AuthorizationState, Connection};
use crate::domain::visit::SessionKind;
use crate::services::company::{AuthorizedBy, CompanyOutcome, Requester, read_binding};

/// A bank was updated in the page: asks it whether that is so, and makes its connection stand again.
///
/// # Errors
/// [`LinkError`].
pub async fn finish_update(
    app: &App,
    settings: &Settings,
    requester: &Requester,
    id: &ConnectionId,
) -> Result<BankResponse, LinkError> {
    let connection = find_linked(app, &requester.business, id).await?;
    let (access, version) = versioned_access(app, id).await?.ok_or(LinkError::Gone)?;
    let binding = read_binding(app, id).await?;
    let bank = Bank::of(&binding).ok_or(LinkError::NoConnection)?;
    let name = bank.institution.name.clone();
    let accounts = match client::get_accounts(app, settings, &access).await {
        Ok(accounts) => accounts,
        Err(PlaidClientError::Refused(error)) if health::is_gone(&error) => return Err(LinkError::Gone),
        Err(PlaidClientError::Refused(error)) if health::needs_person(&error) => {
            return Err(LinkError::StillAsks(name));
        }
        Err(error) => return Err(error.into()),
    };
    if accounts.item.error.as_ref().is_some_and(health::needs_person) {
        return Err(LinkError::StillAsks(name));
    }
    let bank = bank.mark_well(Some(&accounts.accounts), app.now());
    let alone = app.linking.lock().await;
    // What Plaid said is about the access it was asked with, which may have been replaced or given up meanwhile.
    if versioned_access(app, id).await?.is_none_or(|(_, now)| now != version) {
        return Err(LinkError::Overtaken);
    }
    let by = authorized_by(requester, &connection, app.now());
    match bank_connection::bind(app, (requester, by), connection, binding.company.as_ref(), bank, None)
        .await?
    {
        CompanyOutcome::Bound | CompanyOutcome::Duplicate => {
            forget_duplicates(app, requester, id).await?;
            drop(alone);
            Ok(BankResponse { name: Some(name), connection_id: Some(id.clone()) })
        }
        CompanyOutcome::DifferentCompany(_) | CompanyOutcome::Overtaken => Err(LinkError::Overtaken),
    }
}

/// Who made the bank well. It says that it is well, and not in which page a person signed in: a page of nobody's naming is
/// never taken for the one.
fn authorized_by<'a>(requester: &'a Requester, connection: &Connection, now: Timestamp) -> AuthorizedBy<'a> {
    let stands = matches!(
        connection.authorization,
        AuthorizationState::Active { expires_at, .. } if expires_at > now
    );
    match (requester.session_kind, stands) {
        (SessionKind::Minted, _) => requester.as_person(),
        (SessionKind::Open, true) => AuthorizedBy::Nobody,
        (SessionKind::Open, false) => AuthorizedBy::Person(None),
    }
}
