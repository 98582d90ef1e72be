//! Links a bank.
//!
//! A bank that was linked twice becomes the same connection again, and the older item is given up at Plaid, since each
//! item is paid for. So is an item that is not kept, be it a duplicate or something that broke on the way.

use std::sync::Arc;

use railz_connect_contract::{BankResponse, Institution, InstitutionMetadata, PublicToken, ServiceName};
use secrecy::SecretString;
use serde_json::json;

use super::bank_connection::{self, access, forget_duplicates, remove_item};
use super::client::{self, Exchanged};
use super::item::Bank;
use super::link_error::LinkError;
use super::settings::Settings;
use crate::app::App;
use crate::domain::company::CompanyBinding;
use crate::domain::connection::{self, Connection};
use crate::domain::widget::Channel;
use crate::random;
use crate::services::catalog::NonOAuthService;
use crate::services::company::{CompanyOutcome, Requester, read_binding};
use crate::store::Replaced;

/// A bank was linked. What began is finished even where nobody waits for it any more.
///
/// # Errors
/// [`LinkError`].
pub async fn link_bank(
    app: &Arc<App>,
    settings: &Settings,
    requester: Requester,
    public: PublicToken,
) -> Result<BankResponse, LinkError> {
    let (here, settings) = (app.clone(), settings.clone());
    let work = async move {
        let exchanged = client::exchange(&here, &settings, public.expose()).await?;
        let linked = match read_bank(&here, &settings, &exchanged).await {
            Ok(bank) => connect(&here, &requester, &exchanged, bank).await,
            Err(error) => Err(error),
        };
        let stands = matches!(&linked, Ok(linked) if linked.outcome == CompanyOutcome::Bound);
        if !stands && !is_used(&here, &exchanged.item).await {
            remove_item(&here, &settings, &exchanged.access).await;
        }
        let linked = linked?;
        if let Some(older) = linked.older.filter(|_| stands) {
            remove_item(&here, &settings, &older).await;
        }
        match linked.outcome {
            CompanyOutcome::Bound | CompanyOutcome::Duplicate => Ok(linked.response),
            CompanyOutcome::DifferentCompany(_) | CompanyOutcome::Overtaken => Err(LinkError::Overtaken),
        }
    };
    app.finishing.spawn(work).await?
}

/// What became of an item.
struct LinkedItem {
    outcome: CompanyOutcome,
    response: BankResponse,
    /// The access that the connection had by another item before.
    older: Option<SecretString>,
}

/// Whether a connection lives by this item, perhaps another business's: update mode makes public tokens too. Where nobody
/// can tell, it is taken for used.
async fn is_used(app: &App, item: &str) -> bool {
    let used = app.store.is_company_in_use(&ServiceName::new(NonOAuthService::Plaid.id()), item).await;
    used.unwrap_or_else(|error| {
        tracing::error!(%error, "an item may be left over at Plaid");
        true
    })
}

/// Makes the connection stand that this item is for: the one it had, the one to the same accounts, or a new one.
async fn connect(
    app: &App,
    requester: &Requester,
    exchanged: &Exchanged,
    bank: Bank,
) -> Result<LinkedItem, LinkError> {
    let alone = app.linking.lock().await;
    let known = bank_connection::find_all(app, &requester.business).await?;
    let same = known
        .iter()
        .position(|(.., older)| older.item == exchanged.item)
        .or_else(|| known.iter().position(|(.., older)| older.fingerprint == bank.fingerprint));
    let (connection, before, older) = match same.and_then(|place| known.into_iter().nth(place)) {
        Some((connection, binding, older)) => {
            let other = older.item != exchanged.item;
            let older = if other { access(app, &connection.id).await? } else { None };
            (connection, binding.company, older)
        }
        None => (add_connection(app, requester, &bank).await?, None, None),
    };
    let id = connection.id.clone();
    let name = bank.institution.name.clone();
    let access = Some(&exchanged.access);
    let outcome = bank_connection::bind(
        app,
        (requester, requester.as_person()),
        connection,
        before.as_ref(),
        bank,
        access,
    )
    .await?;
    forget_duplicates(app, requester, &id).await?;
    drop(alone);
    let response = BankResponse { name: Some(name), connection_id: Some(id) };
    Ok(LinkedItem { outcome, response, older })
}

/// Asks Plaid for an item's bank and accounts.
async fn read_bank(app: &App, settings: &Settings, exchanged: &Exchanged) -> Result<Bank, LinkError> {
    let accounts = client::get_accounts(app, settings, &exchanged.access).await?;
    let bank = match &accounts.item.institution_id {
        None => None,
        Some(id) => match client::get_institution(app, settings, id).await {
            Ok(bank) => Some(bank),
            Err(error) => {
                tracing::warn!(bank = id, %error, "a bank is connected without its site and picture");
                None
            }
        },
    };
    let (name, url, logo) = match bank {
        Some(bank) => (Some(bank.name), bank.url, bank.logo),
        None => (accounts.item.institution_name.clone(), None, None),
    };
    let bank = Institution {
        name: name.unwrap_or_else(|| settings.name.clone()),
        url: url.filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        metadata: InstitutionMetadata::default(),
    };
    let id = accounts.item.institution_id.as_deref();
    Ok(Bank::new(exchanged.item.clone(), id, (bank, logo), &accounts.accounts, app.now()))
}

/// Adds a connection with its bank beside it, though not bound yet: a duplicate is shown with its bank.
async fn add_connection(app: &App, requester: &Requester, bank: &Bank) -> Result<Connection, LinkError> {
    let id = connection::new_id(random::uuid()?);
    let about =
        (ServiceName::new(NonOAuthService::Plaid.id()), NonOAuthService::Plaid.kind(), Channel::Service);
    let connection = Connection::new(id, requester.business.clone(), about, app.now());
    app.store.add_connection(&connection).await?;
    let binding = read_binding(app, &connection.id).await?;
    match app.store.put_binding(&CompanyBinding { service_data: json!(bank), ..binding }).await? {
        Replaced::Yes => Ok(connection),
        Replaced::Overtaken => Err(LinkError::Overtaken),
    }
}
