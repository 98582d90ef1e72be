//! What lists say more about connections of these services: the company behind them, and a duplicate just met.

use base64::{Engine, engine::general_purpose::STANDARD};
use railz_connect_contract::{
    self as contract, BusinessUuid, ConnectionAccounts, ConnectionId, EntityRef, Institution,
    InstitutionMetadata, ServiceAccountRef,
};

use super::catalog::NonOAuthService;
use super::plaid::Bank;
use super::prove::Memory;
use crate::app::App;
use crate::domain::attempt::Refusal;
use crate::domain::connection::Connection;
use crate::domain::widget::Widget;
use crate::store::StoreError;
use crate::token::TokenHash;

/// The text of a session's hash, as [`Memory::duplicate_for`] keeps it.
pub fn session_text(session: TokenHash) -> String {
    STANDARD.encode(session.as_bytes())
}

/// Where the picture of a bank is. Whoever knows the connection may see it; banks show theirs to everybody.
fn logo_path(connection: &ConnectionId) -> String {
    format!("/plaid/logo/{connection}")
}

/// Adds to a list what the services remember. `session` is whose last try is to show; lists of later sessions have none.
///
/// # Errors
/// [`StoreError`].
pub async fn dress(
    app: &App,
    business: &BusinessUuid,
    session: Option<TokenHash>,
    widget: &Widget,
    connections: &[Connection],
    shown: &mut Vec<contract::Connection>,
) -> Result<(), StoreError> {
    if !connections.iter().any(|connection| NonOAuthService::of(&connection.service).is_some()) {
        return Ok(());
    }
    let session = session.map(session_text);
    for details in app.store.details_of(business).await? {
        let memory: Memory = match details.read() {
            Ok(memory) => memory,
            Err(refused) => {
                tracing::error!(%refused, "a connection is listed without its company");
                continue;
            }
        };
        let Some(connection) = connections.iter().find(|found| found.id == details.connection) else {
            continue;
        };
        let is_bank = NonOAuthService::of(&connection.service) == Some(NonOAuthService::Plaid);
        let bank = if is_bank { Bank::of(&memory) } else { None };
        let place = shown.iter().position(|entry| entry.connection_id == connection.id);
        if session.is_some() && memory.duplicate_for == session {
            let entry = connection.refused(widget, Refusal::DuplicateAccount);
            match place {
                Some(place) => shown[place] = entry,
                // The old client takes the first bank that tells something for the answer to its newest link.
                None if is_bank => shown.insert(0, entry),
                None => shown.push(entry),
            }
        } else if let (Some(place), Some(company)) = (place, memory.company) {
            shown[place].account_name = company.name;
            shown[place].account_number = company.number;
            shown[place].service_account_ref = Some(ServiceAccountRef {
                id: Some(company.id),
                entity_ref: company.entity.map(|id| EntityRef { id }),
            });
        }
        if let Some(entry) = shown.iter_mut().find(|entry| is_bank && entry.connection_id == connection.id) {
            entry.institution = bank.as_ref().map(|bank| {
                let logo = bank.picture().map(|_| app.config.public_url.join(&logo_path(&connection.id)));
                Institution { metadata: InstitutionMetadata { logo }, ..bank.institution.clone() }
            });
            entry.accounts =
                Some(ConnectionAccounts::Bank(bank.map(|bank| bank.accounts).unwrap_or_default()));
        }
    }
    Ok(())
}
