//! Links a bank.
//!
//! A bank that was linked twice becomes the same connection again, and the older item is given up at Plaid, since each
//! item is paid for. So is an item that is not kept, be it a duplicate or something that broke on the way.

use std::sync::Arc;

use railz_connect_contract::{
    BankResponse, BusinessUuid, ConnectionId, Institution, InstitutionMetadata, LinkToken, PublicToken,
    ServiceName,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::client::{self, Exchanged};
use super::item::Bank;
use super::{LinkError, Settings};
use crate::app::App;
use crate::domain::connection::{self, AuthorizationState, Connection};
use crate::domain::widget::Channel;
use crate::random;
use crate::services::catalog::NonOAuthService;
use crate::services::prove::{Company, Memory, ProveError, Proved, Requester, prove, remembered};
use crate::store::Replaced;
use crate::vault::Field;

/// The longest name of who asks that Plaid takes, in characters.
const LONGEST_NAME: usize = 30;

/// What a link token is for.
#[derive(Debug)]
pub struct Ask<'a> {
    /// The business that links.
    pub business: &'a BusinessUuid,
    /// Who asks for the link, in words for people.
    pub customer: &'a str,
    /// Where banks with a sign-in of their own send the browser back to.
    pub redirect: Option<&'a str>,
    /// In which countries the banks are; the operator's where nothing is said.
    pub countries: Option<Vec<String>>,
    /// The connection that is to be mended.
    pub mend: Option<ConnectionId>,
}

/// Makes a token with which the script opens: for mending where there is something to mend, else for a new bank.
///
/// # Errors
/// [`LinkError`].
pub async fn link_token(app: &App, settings: &Settings, ask: Ask<'_>) -> Result<LinkToken, LinkError> {
    let access = match ask.mend {
        None => None,
        Some(id) => access(app, &mine(app, ask.business, &id).await?.id).await?,
    };
    let name: String = ask.customer.chars().take(LONGEST_NAME).collect();
    let mut body = json!({
        "client_name": name,
        "language": "en",
        "country_codes": ask.countries.as_ref().unwrap_or(&settings.countries),
        "user": { "client_user_id": ask.business.as_str() },
    });
    if let Some(redirect) = ask.redirect {
        body["redirect_uri"] = redirect.into();
    }
    match &access {
        Some(access) => body["access_token"] = access.expose_secret().into(),
        None => body["products"] = json!(settings.products),
    }
    Ok(LinkToken::new(client::link_token(app, settings, &body).await?))
}

/// This business's connection of this id, if it is one to a bank that was linked once.
pub(super) async fn mine(
    app: &App,
    business: &BusinessUuid,
    id: &ConnectionId,
) -> Result<Connection, LinkError> {
    let found = app.store.connection(id).await?;
    let is_mine = |found: &Connection| {
        &found.business == business
            && is_bank(found)
            && found.authorization != AuthorizationState::NeverAuthorized
    };
    found.filter(is_mine).ok_or_else(|| LinkError::NoConnection(id.to_string()))
}

pub(super) fn is_bank(connection: &Connection) -> bool {
    connection.service.as_str() == NonOAuthService::Plaid.id() && connection.channel == Channel::Service
}

/// The access token of a connection; nothing where it was given up.
async fn access(app: &App, id: &ConnectionId) -> Result<Option<SecretString>, LinkError> {
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

/// A bank was linked. What began is finished even where nobody waits for it any more.
///
/// # Errors
/// [`LinkError`].
pub async fn linked(
    app: &Arc<App>,
    settings: &Settings,
    requester: Requester,
    public: PublicToken,
) -> Result<BankResponse, LinkError> {
    let (here, settings) = (app.clone(), settings.clone());
    let work = async move {
        let exchanged = client::exchange(&here, &settings, public.expose()).await?;
        let kept = match told(&here, &settings, &exchanged).await {
            Ok(bank) => keep(&here, &requester, &exchanged, bank).await,
            Err(error) => Err(error),
        };
        let stands = matches!(&kept, Ok(kept) if kept.proved == Proved::Stands);
        if !stands && !is_used(&here, &exchanged.item).await {
            give_up(&here, &settings, &exchanged.access).await;
        }
        let kept = kept?;
        if let Some(older) = kept.older.filter(|_| stands) {
            give_up(&here, &settings, &older).await;
        }
        match kept.proved {
            Proved::Stands | Proved::Duplicate => Ok(kept.answer),
            Proved::DifferentCompany(_) | Proved::Overtaken => Err(LinkError::Overtaken),
        }
    };
    app.finishing.spawn(work).await?
}

/// What became of an item.
struct Kept {
    proved: Proved,
    answer: BankResponse,
    /// The access that the connection had by another item before.
    older: Option<SecretString>,
}

/// Whether a connection lives by this item, perhaps another business's: mending makes public tokens too. Where nobody
/// can tell, it is taken for used.
async fn is_used(app: &App, item: &str) -> bool {
    let used = app.store.is_company_held(&ServiceName::new(NonOAuthService::Plaid.id()), item).await;
    used.unwrap_or_else(|error| {
        tracing::error!(%error, "an item may be left over at Plaid");
        true
    })
}

/// The banks of a business, those included that only ever were duplicates.
async fn known(app: &App, business: &BusinessUuid) -> Result<Vec<(Connection, Memory, Bank)>, LinkError> {
    let mut known = Vec::new();
    for connection in app.store.connections(business).await?.into_iter().filter(is_bank) {
        let (_, memory) = remembered(app, &connection.id).await?;
        if let Some(bank) = Bank::of(&memory) {
            known.push((connection, memory, bank));
        }
    }
    Ok(known)
}

/// Makes the connection stand that this item is for: the one it had, the one to the same accounts, or a new one.
async fn keep(
    app: &App,
    requester: &Requester,
    exchanged: &Exchanged,
    bank: Bank,
) -> Result<Kept, LinkError> {
    let alone = app.linking.lock().await;
    let known = known(app, &requester.business).await?;
    let same = known
        .iter()
        .position(|(.., older)| older.item == exchanged.item)
        .or_else(|| known.iter().position(|(.., older)| older.fingerprint == bank.fingerprint));
    let (connection, memory, older) = match same.and_then(|place| known.into_iter().nth(place)) {
        Some((connection, memory, older)) => {
            let other = older.item != exchanged.item;
            let older = if other { access(app, &connection.id).await? } else { None };
            (connection, memory, older)
        }
        None => (begun(app, requester, &bank).await?, Memory::default(), None),
    };
    let id = connection.id.clone();
    let name = bank.institution.name.clone();
    let proved = prove_bank(app, requester, connection, &memory, bank, Some(&exchanged.access)).await?;
    forget_duplicates(app, requester, &id).await?;
    drop(alone);
    Ok(Kept { proved, answer: BankResponse { name: Some(name), connection_id: Some(id) }, older })
}

/// What Plaid tells of an item's bank and accounts.
async fn told(app: &App, settings: &Settings, exchanged: &Exchanged) -> Result<Bank, LinkError> {
    let told = client::accounts(app, settings, &exchanged.access).await?;
    let bank = match &told.item.institution_id {
        None => None,
        Some(id) => match client::institution(app, settings, id).await {
            Ok(bank) => Some(bank),
            Err(error) => {
                tracing::warn!(bank = id, %error, "a bank is connected without its site and picture");
                None
            }
        },
    };
    let (name, url, logo) = match bank {
        Some(bank) => (Some(bank.name), bank.url, bank.logo),
        None => (told.item.institution_name.clone(), None, None),
    };
    let bank = Institution {
        name: name.unwrap_or_else(|| settings.name.clone()),
        url: url.filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        metadata: InstitutionMetadata::default(),
    };
    let id = told.item.institution_id.as_deref();
    Ok(Bank::new(exchanged.item.clone(), id, (bank, logo), &told.accounts, app.now()))
}

/// A new connection, which already remembers its bank: a duplicate is shown with it.
async fn begun(app: &App, requester: &Requester, bank: &Bank) -> Result<Connection, LinkError> {
    let id = connection::made_id(random::uuid(app.randomness())?);
    let about =
        (ServiceName::new(NonOAuthService::Plaid.id()), NonOAuthService::Plaid.kind(), Channel::Service);
    let connection = Connection::unproven(id, requester.business.clone(), about, app.now());
    app.store.add_further(&connection).await?;
    let (details, memory) = remembered(app, &connection.id).await?;
    let memory = Memory { own: json!(bank), ..memory };
    match app.store.put_details(&details.written(&memory).map_err(ProveError::from)?).await? {
        Replaced::Yes => Ok(connection),
        Replaced::Overtaken => Err(LinkError::Overtaken),
    }
}

/// Makes a bank's connection stand. One that was mended stays what it was to others, whatever accounts it has now.
pub(super) async fn prove_bank(
    app: &App,
    requester: &Requester,
    connection: Connection,
    memory: &Memory,
    bank: Bank,
    access: Option<&SecretString>,
) -> Result<Proved, LinkError> {
    let before = memory.company.as_ref().map(|company| company.account.clone());
    let company = Company {
        account: before.unwrap_or_else(|| bank.fingerprint.clone()),
        id: bank.item.clone(),
        entity: None,
        name: Some(bank.institution.name.clone()),
        number: None,
    };
    Ok(prove(app, requester, connection, company, access, json!(bank)).await?)
}

/// What this session heard of other banks is over: the old client would take it for the answer to its newest link.
pub(super) async fn forget_duplicates(
    app: &App,
    requester: &Requester,
    but: &ConnectionId,
) -> Result<(), LinkError> {
    for (connection, memory, _) in known(app, &requester.business).await? {
        if &connection.id == but || memory.duplicate_for.as_ref() != Some(&requester.session) {
            continue;
        }
        let (details, memory) = remembered(app, &connection.id).await?;
        let memory = Memory { duplicate_for: None, ..memory };
        app.store.put_details(&details.written(&memory).map_err(ProveError::from)?).await?;
    }
    Ok(())
}

/// Gives an item up at Plaid. Nothing depends on it but the operator's bill.
pub(super) async fn give_up(app: &App, settings: &Settings, access: &SecretString) {
    match client::remove(app, settings, access).await {
        Ok(()) => tracing::debug!("gave up an item that is not used"),
        Err(error) => tracing::warn!(%error, "an item that is not used could not be given up"),
    }
}
