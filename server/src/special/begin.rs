//! The connection that is to be proved: made when `/services/url` is asked, in no list until credentials were right.

use railz_connect_contract::{AddressResponse, ServiceName};

use super::prove::Asker;
use super::{Special, quickbooks_desktop};
use crate::app::App;
use crate::domain::business::Business;
use crate::domain::connection::{self, Connection};
use crate::domain::widget::Channel;
use crate::random::{self, NoRandomness};
use crate::store::StoreError;

/// Why nothing begins.
#[derive(Debug, thiserror::Error)]
pub enum NotBegun {
    /// It has no address.
    #[error("banks are linked in the page: ask /plaid/createLinkToken")]
    InPage,
    /// Chance.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// What is remembered.
    #[error(transparent)]
    Memory(#[from] super::prove::NotProved),
    /// The same was asked twice at once.
    #[error("the same connection was begun twice at once")]
    Overtaken,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes the connection, or finds the one that is to be renewed.
///
/// # Errors
/// [`NotBegun`].
pub async fn begin(
    app: &App,
    special: Special,
    asker: &Asker,
    business: Business,
) -> Result<AddressResponse, NotBegun> {
    let path = match special {
        Special::Netsuite => Some("/oracleNetsuite/account"),
        Special::Intacct => Some("/sageIntacct/account"),
        Special::QuickbooksDesktop => None,
        Special::Plaid => return Err(NotBegun::InPage),
    };
    let id = connection::made_id(random::uuid(app.randomness())?);
    let about = (ServiceName::new(special.id()), special.kind(), Channel::Service);
    let new = Connection::unproven(id, business.id, about, app.now());
    let connection = app.store.connection_like(new).await?;
    let Some(path) = path else {
        let settings = app.config.special.quickbooks_desktop.as_ref().ok_or(NotBegun::Overtaken)?;
        return quickbooks_desktop::offer(app, settings, asker, &connection, business.name).await;
    };
    Ok(AddressResponse {
        url: app.config.public_url.join(path),
        connection_id: Some(connection.id),
        business_name: business.name,
        attempt_id: None,
        expires_in_seconds: None,
        config: None,
        password: None,
    })
}
