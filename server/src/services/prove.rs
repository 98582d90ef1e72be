//! Credentials were right: the connection stands, unless the company behind it is somebody else's or another one.
//!
//! A connection is tied to the first company it was proved for. What is refused here is told to the session that tried
//! and to nobody else, and loses nothing that was there before.

use railz_connect_contract::{BusinessUuid, ConnectionId, ServiceName, WidgetId};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::catalog::NonOAuthService;
use crate::app::App;
use crate::domain::connection::Connection;
use crate::domain::credential::Credential;
use crate::domain::special::{Details, DetailsError};
use crate::domain::widget::Channel;
use crate::store::{Replaced, StoreError};
use crate::vault::{Field, SealError};

/// For whom something is proved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Requester {
    /// The widget.
    pub widget: WidgetId,
    /// The business.
    pub business: BusinessUuid,
    /// The session, by the text of its token's hash.
    pub session: String,
}

/// The company behind credentials that were right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// How the service tells it apart; compared with the one before and with those of other businesses.
    pub account: String,
    /// What the contract hands on to the host as `serviceAccountRef.id`.
    pub id: String,
    /// The entity within it, where one was chosen.
    #[serde(default)]
    pub entity: Option<String>,
    /// Its name for people, where the service tells one.
    #[serde(default)]
    pub name: Option<String>,
    /// Its number for people, where the service tells one.
    #[serde(default)]
    pub number: Option<String>,
}

/// What every service remembers in [`Details`]; `own` is the service's.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Memory {
    /// The company that was proved.
    #[serde(default)]
    pub company: Option<Company>,
    /// The session whose last try met a company of another business.
    #[serde(default)]
    pub duplicate_for: Option<String>,
    /// What the service itself remembers.
    #[serde(default)]
    pub own: serde_json::Value,
}

/// How proving ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proved {
    /// The connection stands.
    Stands,
    /// Another business of the same customer has connected this company.
    Duplicate,
    /// The connection belongs to this other company.
    DifferentCompany(Company),
    /// Somebody else changed the connection at the same moment.
    Overtaken,
}

/// Why nothing was proved, through our own fault.
#[derive(Debug, thiserror::Error)]
pub enum ProveError {
    /// The details are of another form.
    #[error(transparent)]
    Details(#[from] DetailsError),
    /// The vault.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The connection that `/services/url` made for this business.
///
/// # Errors
/// [`StoreError`].
pub async fn begun(
    app: &App,
    business: &BusinessUuid,
    special: NonOAuthService,
) -> Result<Option<Connection>, StoreError> {
    let all = app.store.connections(business).await?;
    Ok(all.into_iter().find(|connection| {
        connection.service == ServiceName::new(special.id()) && connection.channel == Channel::Service
    }))
}

/// The details of a connection, with what stands in them.
///
/// # Errors
/// [`ProveError`].
pub async fn remembered(app: &App, connection: &ConnectionId) -> Result<(Details, Memory), ProveError> {
    let details = app.store.details(connection).await?.unwrap_or_else(|| Details::none(connection.clone()));
    let memory = details.read()?;
    Ok((details, memory))
}

/// Makes the connection stand for this company with this secret, which is sealed.
///
/// # Errors
/// [`ProveError`].
pub async fn prove(
    app: &App,
    requester: &Requester,
    connection: Connection,
    company: Company,
    secret: Option<&SecretString>,
    own: serde_json::Value,
) -> Result<Proved, ProveError> {
    let (details, memory) = remembered(app, &connection.id).await?;
    if let Some(before) = memory.company.clone().filter(|before| before.account != company.account) {
        return Ok(Proved::DifferentCompany(before));
    }
    let now = app.now();
    let taken = app
        .store
        .connected_elsewhere(
            &requester.widget,
            &connection.service,
            &company.account,
            &requester.business,
            now,
        )
        .await?;
    if let Some(other) = taken {
        tracing::info!(connection = %connection.id, %other, "this company is connected by another business");
        let memory = Memory { duplicate_for: Some(requester.session.clone()), ..memory };
        return Ok(match app.store.put_details(&details.written(&memory)?).await? {
            Replaced::Yes => Proved::Duplicate,
            Replaced::Overtaken => Proved::Overtaken,
        });
    }
    let credential = match secret {
        None => None,
        Some(secret) => Some(Credential {
            connection: connection.id.clone(),
            access: app.vault.seal(connection.id.as_str(), Field::AccessToken, secret)?,
            refresh: None,
            refresh_at: None,
            lapses_at: None,
        }),
    };
    let account = Some(company.account.clone());
    let memory = Memory { company: Some(company), duplicate_for: None, own };
    let details = Details { account, ..details.written(&memory)? };
    let connection = connection.authorised(now, None);
    let replaced = app.store.authorise(&connection, credential.as_ref(), &details).await?;
    tracing::info!(connection = %connection.id, service = %connection.service, ?replaced, "credentials were right");
    Ok(match replaced {
        Replaced::Yes => Proved::Stands,
        Replaced::Overtaken => Proved::Overtaken,
    })
}
