//! What the server remembers of connections, for whoever works on one. How back ends list and end them is `connection_lists.rs`.

use async_trait::async_trait;
use railz_connect_contract::{BusinessUuid, ConnectionId, ServiceName};

use super::Result;
use crate::domain::connection::Connection;
use crate::domain::widget::Channel;

/// Connections, and where their authorisation stands.
#[async_trait]
pub trait Connections {
    /// Finds the connection of the same business, service and channel, or stores this one.
    async fn connection_like(&self, connection: Connection) -> Result<Connection>;
    /// The one that `connection_like` finds; nothing before it was stored.
    async fn usual_connection(
        &self,
        of: &BusinessUuid,
        service: &ServiceName,
        channel: Channel,
    ) -> Result<Option<Connection>>;
    /// The connection of this id, proved or not.
    async fn connection(&self, id: &ConnectionId) -> Result<Option<Connection>>;
    /// Adds one beside others of the same business and service.
    async fn add_connection(&self, connection: &Connection) -> Result<()>;
    /// All connections of a business, oldest first.
    async fn connections(&self, business: &BusinessUuid) -> Result<Vec<Connection>>;
}
