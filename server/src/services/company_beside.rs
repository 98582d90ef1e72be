//! Whether a company is connected already: by another business of the same customer, or beside, by another connection of the
//! same business to the same service. A business may have several there, each for another company.

use railz_connect_contract::{ConnectionId, ServiceKind};

use crate::app::App;
use crate::domain::company::CompanyBinding;
use crate::domain::connection::Connection;
use crate::store::StoreError;

/// The connection that stands for a company already: another business's, or one beside a connection that stands for none.
pub(super) async fn find_connected(
    app: &App,
    connection: &Connection,
    binding: &CompanyBinding,
    identity: &str,
) -> Result<Option<ConnectionId>, StoreError> {
    if let Some(other) = app.store.find_connected_elsewhere(connection, identity, app.now()).await? {
        return Ok(Some(other));
    }
    // Which banks are the same one `plaid/link.rs` has decided before.
    if binding.company.is_some() || connection.kind == ServiceKind::Banking {
        return Ok(None);
    }
    let beside = bindings_beside(app, connection).await?;
    let same = beside
        .into_iter()
        .find(|beside| beside.company.as_ref().is_some_and(|company| company.identity == identity));
    Ok(same.map(|same| same.connection))
}

/// The identities of the companies that other connections of the same business to the same service stand for.
///
/// # Errors
/// [`StoreError`].
pub(super) async fn find_beside(app: &App, connection: &Connection) -> Result<Vec<String>, StoreError> {
    let companies = bindings_beside(app, connection).await?.into_iter().filter_map(|binding| binding.company);
    Ok(companies.map(|company| company.identity).collect())
}

/// What the other connections of the same business to the same service are bound to.
async fn bindings_beside(app: &App, connection: &Connection) -> Result<Vec<CompanyBinding>, StoreError> {
    let all = app.store.connections(&connection.business).await?;
    let is_beside = |binding: &CompanyBinding| {
        all.iter().any(|other| {
            other.id == binding.connection
                && other.id != connection.id
                && other.service == connection.service
                && other.channel == connection.channel
        })
    };
    let mut bindings = app.store.bindings_of(&connection.business).await?;
    bindings.retain(is_beside);
    Ok(bindings)
}
