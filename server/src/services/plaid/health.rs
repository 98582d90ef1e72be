//! Asks banks how they are when a session opens, so that the person who is there anyway hears of a bank that wants to see
//! them again.
//!
//! Bounded in all directions: a bank is asked once in `check_after_seconds` however many sessions open, a few banks at
//! a session, all at once, and a session waits for them a few seconds only; an answer that comes later shows next time.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use railz_connect_contract::{BusinessUuid, WidgetId};
use serde_json::json;
use tokio::time::timeout;

use super::client::{self, PlaidClientError, PlaidError};
use super::item::Bank;
use super::link::{give_up, is_bank, versioned_access};
use super::{LinkError, Settings};
use crate::app::App;
use crate::domain::connection::{AuthorizationState, Connection};
use crate::domain::special::Details;
use crate::services::prove::{Memory, ProveError, remembered};
use crate::store::Replaced;

/// How many banks are asked at a session.
const MOST: usize = 10;
/// How long a session waits for them.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whether a error says that the item is no more. Plaid's "unknown access token" is none of these: it comes from
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

/// Whether a error is something that only the bank's person can mend.
pub(super) fn needs_person(error: &PlaidError) -> bool {
    FOR_THE_PERSON.contains(&error.code.as_str())
}

/// How a bank is.
enum Health {
    Well,
    NeedsPerson(String),
    Gone(String),
}

/// Asks the banks of a business that were not asked for a while, and writes down what they say. What cannot be asked now
/// stays as it is.
pub async fn look_after(app: &Arc<App>, widget: &WidgetId, business: &BusinessUuid) {
    let Some(settings) = &app.config.special.plaid else { return };
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
        match remembered(app, &connection.id).await {
            Ok((_, memory)) => {
                let bank = due(app, settings, &connection, &memory);
                waiting.extend(bank.map(|bank| (bank.checked_at, connection)));
            }
            Err(error) => {
                tracing::warn!(connection = %connection.id, %error, "a bank could not be asked how it is");
            }
        }
    }
    // Who was not asked for longest comes first, so that each has its turn.
    waiting.sort_by_key(|(checked_at, _)| *checked_at);
    let mut asked = Vec::new();
    for (_, connection) in waiting.into_iter().take(MOST) {
        let (app, settings, widget) = (app.clone(), settings.clone(), widget.clone());
        asked.push(app.clone().finishing.spawn(async move {
            let id = connection.id.clone();
            if let Err(error) = look(&app, &settings, &widget, connection).await {
                tracing::warn!(connection = %id, %error, "a bank could not be asked how it is");
            }
        }));
    }
    let all = async {
        for one in asked {
            if let Err(error) = one.await {
                tracing::error!(%error, "asking a bank broke off");
            }
        }
    };
    if timeout(PATIENCE, all).await.is_err() {
        tracing::info!("a session did not wait any longer for what its banks say");
    }
}

/// The bank behind an active connection, where it is due to be asked.
fn due(app: &App, settings: &Settings, connection: &Connection, memory: &Memory) -> Option<Bank> {
    let now = app.now();
    let (bank, AuthorizationState::Active { expires_at, .. }) = (Bank::of(memory)?, connection.authorization)
    else {
        return None;
    };
    let due = bank.checked_at.saturating_add_unsigned(settings.check_after.saturating_mul(1000));
    let lapsed = expires_at <= now && bank.good_until.is_none();
    Some(bank).filter(|_| !lapsed && now.as_millisecond() >= due)
}

async fn look(
    app: &App,
    settings: &Settings,
    widget: &WidgetId,
    connection: Connection,
) -> Result<(), LinkError> {
    let now = app.now();
    let (details, memory) = remembered(app, &connection.id).await?;
    let (Some(bank), AuthorizationState::Active { since, expires_at }) =
        (due(app, settings, &connection, &memory), connection.authorization)
    else {
        return Ok(());
    };
    let Some((access, version)) = versioned_access(app, &connection.id).await? else { return Ok(()) };
    // Written before the question, so that of many sessions that open at once one asks.
    let bank = Bank { checked_at: now.as_millisecond(), ..bank };
    let Some(details) = written(app, details, &memory, &bank).await? else { return Ok(()) };
    let health = match client::item(app, settings, &access).await {
        Ok(item) => of(item.error),
        Err(PlaidClientError::Refused(error)) if is_gone(&error) => Health::Gone(error.code),
        Err(error) => return Err(error.into()),
    };
    match (health, bank.good_until) {
        (Health::Well, None) | (Health::NeedsPerson(_), Some(_)) => {}
        (Health::NeedsPerson(code), None) => {
            tracing::info!(connection = %connection.id, code, "a bank asks for a sign-in");
            let bank = Bank { good_until: Some(expires_at.as_millisecond()), ..bank };
            stand(
                app,
                connection,
                AuthorizationState::Active { since, expires_at: now },
                details,
                &memory,
                bank,
            )
            .await?;
        }
        (Health::Well, Some(until)) => {
            let until = Timestamp::from_millisecond(until).unwrap_or(now);
            let taken = is_taken(app, widget, &connection, &memory, now).await?;
            if !taken {
                tracing::info!(connection = %connection.id, "a bank is well again");
                let bank = bank.well(None, now);
                stand(
                    app,
                    connection,
                    AuthorizationState::Active { since, expires_at: until },
                    details,
                    &memory,
                    bank,
                )
                .await?;
            }
        }
        (Health::Gone(code), _) => {
            tracing::info!(connection = %connection.id, code, "a bank was cut off at Plaid");
            give_up(app, settings, &access).await;
            // No newer access than the one asked with: the bank may have been linked anew meanwhile.
            app.store.disconnect(version, &connection.id, now).await?;
        }
    }
    Ok(())
}

fn of(error: Option<PlaidError>) -> Health {
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
    widget: &WidgetId,
    connection: &Connection,
    memory: &Memory,
    now: Timestamp,
) -> Result<bool, LinkError> {
    let Some(company) = &memory.company else { return Ok(false) };
    let (service, business) = (&connection.service, &connection.business);
    let other = app.store.connected_elsewhere(widget, service, &company.account, business, now).await?;
    Ok(other.is_some())
}

/// Writes what is remembered; nothing where somebody else was faster.
async fn written(
    app: &App,
    details: Details,
    memory: &Memory,
    bank: &Bank,
) -> Result<Option<Details>, LinkError> {
    let memory = Memory { own: json!(bank), ..memory.clone() };
    let details = details.written(&memory).map_err(ProveError::from)?;
    Ok(match app.store.put_details(&details).await? {
        Replaced::Yes => Some(Details { version: details.version + 1, ..details }),
        Replaced::Overtaken => None,
    })
}

/// Writes where the connection stands now. Who mended it meanwhile is right.
async fn stand(
    app: &App,
    connection: Connection,
    authorization: AuthorizationState,
    details: Details,
    memory: &Memory,
    bank: Bank,
) -> Result<(), LinkError> {
    let memory = Memory { own: json!(bank), ..memory.clone() };
    let details = details.written(&memory).map_err(ProveError::from)?;
    app.store.authorise(&Connection { authorization, ..connection }, None, &details).await?;
    Ok(())
}
