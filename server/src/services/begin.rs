//! The connection to a service without plain OAuth: made when `/services/url` is asked, in no list until credentials were
//! right.

use railz_connect_contract::{AddressResponse, ServiceName};

use super::catalog::NonOAuthService;
use super::company::Requester;
use super::quickbooks_desktop;
use crate::app::App;
use crate::domain::business::Business;
use crate::domain::connection::{self, Connection};
use crate::domain::widget::Channel;
use crate::random::{self, RandomnessError};
use crate::store::StoreError;

/// Why nothing begins.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// It has no address.
    #[error("banks are linked in the page: ask /plaid/createLinkToken")]
    InPage,
    /// Chance.
    #[error(transparent)]
    RandomnessError(#[from] RandomnessError),
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
/// [`BeginError`].
pub async fn begin(
    app: &App,
    special: NonOAuthService,
    requester: &Requester,
    business: Business,
) -> Result<AddressResponse, BeginError> {
    let path = match special {
        NonOAuthService::Netsuite => Some("/oracleNetsuite/account"),
        NonOAuthService::Intacct => Some("/sageIntacct/account"),
        NonOAuthService::QuickbooksDesktop => None,
        NonOAuthService::Plaid => return Err(BeginError::InPage),
    };
    let id = connection::made_id(random::uuid(app.randomness())?);
    let about = (ServiceName::new(special.id()), special.kind(), Channel::Service);
    let new = Connection::unproven(id, business.id, about, app.now());
    let connection = app.store.connection_like(new).await?;
    let Some(path) = path else {
        let settings = app.config.special.quickbooks_desktop.as_ref().ok_or(BeginError::Overtaken)?;
        return quickbooks_desktop::offer(app, settings, requester, &connection, business.name).await;
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
