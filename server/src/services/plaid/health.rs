//! Asks banks how they are when a session opens, so that the person who is there anyway hears of a bank that wants to see
//! them again.
//!
//! Bounded in all directions: a bank is asked once in `check_after_seconds` however many sessions open, a few banks at
//! a session, all at once, and a session waits for them a few seconds only; an answer that comes later shows next time.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use railz_connect_contract::BusinessUuid;
use serde_json::json;
use tokio::time::timeout;

use super::bank_connection::{is_bank, remove_item, versioned_access};
use super::client::{self, PlaidClientError, PlaidError};
use super::item::Bank;
use super::link_error::LinkError;
use super::settings::Settings;
use crate::app::App;
use crate::domain::company::CompanyBinding;
use crate::domain::connection::{AuthorizationState, Connection};
use crate::services::company::read_binding;
use crate::store::{BindingGuard, Replaced, StoreError};

/// How many banks are asked at a session.
const MOST: usize = 10;
/// How long a session waits for them.
const LONGEST_WAIT: Duration = Duration::from_secs(3);

/// Whether an error says that the item is no more. Plaid's "unknown access token" is none of these: it comes from
/// the wrong environment too, and would cut off every bank there is.
pub(super) fn is_gone(error: &PlaidError) -> bool {
    matches!(error.code.as_str(), "ITEM_NOT_FOUND" | "USER_PERMISSION_REVOKED" | "USER_ACCOUNT_REVOKED")
}

/// What only the bank's person can mend, in update mode (Plaid, *Item errors*). Others pass, or are about products.
const FOR_THE_PERSON: [&str; 10] = [
    "ITEM_LOGIN_REQUIRED",
    "PASSWORD_RESET_REQUIRED",
    "INVALID_CREDENTIALS",
    "INVALID_MFA",
    "INSUFFICIENT_CREDENTIALS",
    "INVALID_UPDATED_USERNAME",
    "USER_SETUP_REQUIRED",
    "ITEM_LOCKED",
    "ACCESS_NOT_GRANTED",
    "NO_ACCOUNTS",
];

/// Whether an error is something that only the bank's customer can put right.
pub(super) fn needs_person(error: &PlaidError) -> bool {
    FOR_THE_PERSON.contains(&error.code.as_str())
}

/// What a bank said when it was last asked.
enum Health {
    Well,
    NeedsPerson(String),
    Gone(String),
}

/// Asks the banks of a business that were not asked for a while, and writes down what they say. What cannot be asked now
/// stays as it is.
pub async fn look_after(app: &Arc<App>, business: &BusinessUuid) {
    let Some(settings) = &app.config.non_oauth.plaid else { return };
    let connections = match app.store.connections(business).await {
        Ok(connections) => connections,
        Err(error) => {
            tracing::error!(%error, "banks could not be asked how they are");
            return;
        }
    };
    let banks = connections.into_iter().filter(|connection| {
        is_bank(connection) && matches!(connection.authorization, AuthorizationState::Active { .. })
    });
    let mut waiting = Vec::new();
    for connection in banks {
        match read_binding(app, &connection.id).await {
            Ok(binding) => {
                let bank = find_due_bank(app, settings, &connection, &binding);
                waiting.extend(bank.map(|bank| (bank.checked_at, connection)));
            }
            Err(error) => {
                tracing::warn!(connection = %connection.id, %error, "a bank could not be asked how it is");
            }
        }
    }
    // Who was not asked for longest comes first, so that each has its turn.
    waiting.sort_by_key(|(checked_at, _)| *checked_at);
    let mut checks = Vec::new();
    for (_, connection) in waiting.into_iter().take(MOST) {
        let (app, settings) = (app.clone(), settings.clone());
        checks.push(app.clone().finishing.spawn(async move {
            let id = connection.id.clone();
            if let Err(error) = check_bank(&app, &settings, connection).await {
                tracing::warn!(connection = %id, %error, "a bank could not be asked how it is");
            }
        }));
    }
    let all = async {
        for check in checks {
            if let Err(error) = check.await {
                tracing::error!(%error, "asking a bank broke off");
            }
        }
    };
    if timeout(LONGEST_WAIT, all).await.is_err() {
        tracing::info!("a session did not wait any longer for what its banks say");
    }
}

/// The bank behind an active connection, where it is due to be asked.
fn find_due_bank(
    app: &App,
    settings: &Settings,
    connection: &Connection,
    binding: &CompanyBinding,
) -> Option<Bank> {
    let now = app.now();
    let (bank, AuthorizationState::Active { expires_at, .. }) =
        (Bank::of(binding)?, connection.authorization)
    else {
        return None;
    };
    let due = bank.checked_at.saturating_add_unsigned(settings.check_after.saturating_mul(1000));
    let lapsed = expires_at <= now && bank.good_until.is_none();
    Some(bank).filter(|_| !lapsed && now.as_millisecond() >= due)
}

async fn check_bank(app: &App, settings: &Settings, connection: Connection) -> Result<(), LinkError> {
    let now = app.now();
    let binding = read_binding(app, &connection.id).await?;
    let (Some(bank), AuthorizationState::Active { since, expires_at }) =
        (find_due_bank(app, settings, &connection, &binding), connection.authorization)
    else {
        return Ok(());
    };
    let Some((access, version)) = versioned_access(app, &connection.id).await? else { return Ok(()) };
    // Written before the question, so that of many sessions that open at once one asks.
    let bank = Bank { checked_at: now.as_millisecond(), ..bank };
    let Some(binding) = store_bank(app, binding, &bank).await? else { return Ok(()) };
    let health = match client::get_item(app, settings, &access).await {
        Ok(item) => health_of(item.error),
        Err(PlaidClientError::Refused(error)) if is_gone(&error) => Health::Gone(error.code),
        Err(error) => return Err(error.into()),
    };
    match (health, bank.good_until) {
        (Health::Well, None) | (Health::NeedsPerson(_), Some(_)) => {}
        (Health::NeedsPerson(code), None) => {
            tracing::info!(connection = %connection.id, code, "a bank asks for a sign-in");
            let bank = Bank { good_until: Some(expires_at.as_millisecond()), ..bank };
            store_authorization(
                app,
                connection,
                AuthorizationState::Active { since, expires_at: now },
                binding,
                bank,
            )
            .await?;
        }
        (Health::Well, Some(until)) => {
            let until = Timestamp::from_millisecond(until).unwrap_or(now);
            let taken = is_taken(app, &connection, &binding, now).await?;
            if !taken {
                tracing::info!(connection = %connection.id, "a bank is well again");
                let bank = bank.mark_well(None, now);
                store_authorization(
                    app,
                    connection,
                    AuthorizationState::Active { since, expires_at: until },
                    binding,
                    bank,
                )
                .await?;
            }
        }
        (Health::Gone(code), _) => {
            tracing::info!(connection = %connection.id, code, "a bank was cut off at Plaid");
            remove_item(app, settings, &access).await;
            // No newer access than the one asked with: the bank may have been linked anew meanwhile.
            app.store.disconnect(version, &connection.id, now).await?;
        }
    }
    Ok(())
}

fn health_of(error: Option<PlaidError>) -> Health {
    match error {
        Some(error) if is_gone(&error) => Health::Gone(error.code),
        Some(error) if needs_person(&error) => Health::NeedsPerson(error.code),
        // Troubles of the bank's own pass by themselves.
        Some(_) | None => Health::Well,
    }
}

/// Whether another business connected the bank while this one was not in use.
async fn is_taken(
    app: &App,
    connection: &Connection,
    binding: &CompanyBinding,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let Some(company) = &binding.company else { return Ok(false) };
    Ok(app.store.find_connected_elsewhere(connection, &company.identity, now).await?.is_some())
}

/// Stores the bank in its binding; nothing where somebody else was faster.
async fn store_bank(
    app: &App,
    binding: CompanyBinding,
    bank: &Bank,
) -> Result<Option<CompanyBinding>, StoreError> {
    let binding = CompanyBinding { service_data: json!(bank), ..binding };
    Ok(match app.store.put_binding(&binding).await? {
        Replaced::Yes => Some(CompanyBinding { version: binding.version + 1, ..binding }),
        Replaced::Overtaken => None,
    })
}

/// Stores where the connection stands now. Who updated it meanwhile is right.
async fn store_authorization(
    app: &App,
    connection: Connection,
    authorization: AuthorizationState,
    binding: CompanyBinding,
    bank: Bank,
) -> Result<(), StoreError> {
    let connection = Connection { authorization, ..connection };
    let binding = CompanyBinding { service_data: json!(bank), ..binding };
    app.store.bind(BindingGuard::Version, &connection, None, &binding).await?;
    Ok(())
}
