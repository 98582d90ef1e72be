//! What the server remembers of connections, as back ends ask for it.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::ConnectionId;

use super::Result;
use crate::domain::business_list::{ListedPage, Page};
use crate::domain::connection_list::{ConnectionFilter, DisconnectOutcome, ListedConnection};
use crate::domain::widget::Widget;

/// The connections of all businesses of one widget that were authorised, or wait for the choice of a company.
#[async_trait]
pub trait ConnectionLists {
    /// One page of them, oldest first.
    async fn list_connections(
        &self,
        widget: &Widget,
        filter: &ConnectionFilter,
        page: Page,
        now: Timestamp,
    ) -> Result<ListedPage<ListedConnection>>;
    /// In one step: a connection is cut off at its business's wish, its credential forgotten and its choice over.
    async fn disconnect_at_wish(&self, id: &ConnectionId, now: Timestamp) -> Result<DisconnectOutcome>;
    /// Deletes a connection with everything that belongs to it, sealed credentials included.
    async fn delete_connection(&self, id: &ConnectionId) -> Result<()>;
}
