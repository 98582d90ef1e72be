//! The connection to a service without plain OAuth: made when `/services/url` is asked, in no list until credentials were
//! right.

use railz_connect_contract::{AddressResponse, ServiceName};

use super::catalog::NonOAuthService;
use super::company::Requester;
use super::quickbooks_desktop;
use super::sign_in_target::{SignInTarget, SignInTargetError, find_target};
use crate::app::App;
use crate::domain::business::Business;
use crate::domain::connection::{self, Connection};
use crate::domain::visit::Visit;
use crate::domain::widget::Channel;
use crate::random::{self, RandomnessError};
use crate::store::StoreError;

/// Why nothing begins.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// It has no address.
    #[error("banks are linked in the page: ask /plaid/createLinkToken")]
    InPage,
    /// The operating system gave no random bytes.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// QuickBooks Desktop is not configured.
    #[error("QuickBooks Desktop is not configured")]
    NotConfigured,
    /// There is no connector file.
    #[error(transparent)]
    ConnectorFile(#[from] quickbooks_desktop::ConnectorFileError),
    /// The connection that the page names is none of this service.
    #[error(transparent)]
    Target(#[from] SignInTargetError),
    /// The connection could not be read or added.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes the connection, or finds the one that is to be renewed.
///
/// # Errors
/// [`BeginError`].
pub async fn begin(
    app: &App,
    service: NonOAuthService,
    requester: &Requester,
    (visit, target): (&Visit, SignInTarget),
    business: Business,
) -> Result<AddressResponse, BeginError> {
    let path = match service {
        NonOAuthService::Netsuite => Some("/oracleNetsuite/account"),
        NonOAuthService::Intacct => Some("/sageIntacct/account"),
        NonOAuthService::QuickbooksDesktop => None,
        NonOAuthService::Plaid => return Err(BeginError::InPage),
    };
    let id = connection::new_id(random::uuid()?);
    let about = (ServiceName::new(service.id()), service.kind(), Channel::Service);
    let new = Connection::new(id, business.id, about, app.now());
    let connection = match target {
        // Typed credentials and files prove their company themselves, so a choice that is due keeps nobody from beginning.
        SignInTarget::Usual => app.store.connection_like(new).await?,
        SignInTarget::Existing(_) | SignInTarget::Further => find_target(app, visit, target, new).await?,
    };
    let Some(path) = path else {
        let settings = app.config.non_oauth.quickbooks_desktop.as_ref().ok_or(BeginError::NotConfigured)?;
        let offered =
            quickbooks_desktop::offer_connector(app, settings, requester, &connection, business.name).await?;
        return Ok(offered);
    };
    Ok(AddressResponse {
        url: app.config.public_url.join(path),
        connection_id: Some(connection.id),
        business_name: business.name,
        attempt_id: None,
        expires_in_seconds: None,
        start_proof: None,
        config: None,
        password: None,
    })
}
