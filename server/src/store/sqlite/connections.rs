//! What is asked of connections and written about them. `connection_row.rs` reads their rows.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{BusinessUuid, ConnectionId, ServiceName};
use sqlx::SqliteConnection;

use super::connection_row::{ConnectionRow, NOBODY, channel_word, columns, kind_word, tie_word};
use super::row::to_milliseconds;
use super::{BEGIN, Sqlite};
use crate::domain::connection::Connection;
use crate::domain::visit::VisitId;
use crate::domain::widget::Channel;
use crate::store::{Connections, StoreError};

/// Stores a connection, unless its slot is taken.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    new: &Connection,
    slot: &str,
) -> Result<(), StoreError> {
    let (authorization, authorised_at, expires_at) = columns(new.authorization);
    sqlx::query(
        "INSERT INTO connections
             (id, business_id, service, kind, channel, slot, standing, authorised_at, expires_at, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (business_id, service, channel, slot) DO NOTHING",
    )
    .bind(new.id.as_str())
    .bind(new.business.as_str())
    .bind(new.service.as_str())
    .bind(kind_word(new.kind))
    .bind(channel_word(new.channel))
    .bind(slot)
    .bind(authorization)
    .bind(authorised_at)
    .bind(expires_at)
    .bind(to_milliseconds(new.created_at))
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes where the authorisation stands, and forgets why it was cut off before.
pub(super) async fn write_authorization(
    connection: &mut SqliteConnection,
    is: &Connection,
) -> Result<(), StoreError> {
    let (authorization, authorised_at, expires_at) = columns(is.authorization);
    sqlx::query(
        "UPDATE connections SET standing = ?, authorised_at = ?, expires_at = ?, signed_in_visit = ?,
                                tied_by = ?, tied_at = ?, disconnect_reason = NULL
         WHERE id = ?",
    )
    .bind(authorization)
    .bind(authorised_at)
    .bind(expires_at)
    .bind(is.signed_in_visit.as_ref().map(VisitId::as_str))
    .bind(tie_word(is.tie))
    .bind(is.tied_at.map(to_milliseconds))
    .bind(is.id.as_str())
    .execute(&mut *connection)
    .await?;
    become_usual(connection, &is.id).await
}

/// Makes a connection its business's usual one at the service, where the usual one so far was only begun: somebody else's
/// choice may be due there, which nobody ever makes.
async fn become_usual(connection: &mut SqliteConnection, id: &ConnectionId) -> Result<(), StoreError> {
    let made_room = sqlx::query(
        "UPDATE connections SET slot = id
         WHERE slot = '' AND standing = 'unproven' AND id <> ?1
           AND (business_id, service, channel) = (SELECT business_id, service, channel FROM connections WHERE id = ?1)",
    )
    .bind(id.as_str())
    .execute(&mut *connection)
    .await?;
    if made_room.rows_affected() > 0 {
        sqlx::query("UPDATE connections SET slot = '' WHERE id = ?")
            .bind(id.as_str())
            .execute(connection)
            .await?;
    }
    Ok(())
}

/// Takes away who tied a connection, and ends its authorisation if it stands.
pub(super) async fn untie(
    connection: &mut SqliteConnection,
    id: &ConnectionId,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE connections SET standing = 'disconnected', expires_at = ?, disconnect_reason = 'disconnectedByCustomer'
         WHERE id = ? AND standing = 'active'",
    )
    .bind(to_milliseconds(now))
    .bind(id.as_str())
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE connections SET signed_in_visit = NULL, tied_by = ?, tied_at = NULL WHERE id = ?")
        .bind(NOBODY)
        .bind(id.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// Writes until when the very authorisation stands that this value was read with; one that was given or taken away
/// meanwhile stays as it is.
pub(super) async fn extend(connection: &mut SqliteConnection, is: &Connection) -> Result<(), StoreError> {
    let (authorization, authorised_at, expires_at) = columns(is.authorization);
    sqlx::query("UPDATE connections SET expires_at = ? WHERE id = ? AND standing = ? AND authorised_at = ?")
        .bind(expires_at)
        .bind(is.id.as_str())
        .bind(authorization)
        .bind(authorised_at)
        .execute(connection)
        .await?;
    Ok(())
}

/// Writes down which authorisations ran out by themselves, so that webhooks tell it.
pub(super) async fn expire(connection: &mut SqliteConnection, now: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "UPDATE connections SET told_status = 'expired'
         WHERE told_status = 'active' AND standing = 'active' AND expires_at <= ?",
    )
    .bind(to_milliseconds(now))
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

#[async_trait]
impl Connections for Sqlite {
    async fn usual_connection(
        &self,
        business: &BusinessUuid,
        service: &ServiceName,
        channel: Channel,
    ) -> Result<Option<Connection>, StoreError> {
        let row: Option<ConnectionRow> = sqlx::query_as(
            "SELECT id, business_id, service, kind, channel, standing, authorised_at, expires_at, signed_in_visit, tied_by,
                    tied_at, created_at
             FROM connections WHERE business_id = ? AND service = ? AND channel = ? AND slot = ''",
        )
        .bind(business.as_str())
        .bind(service.as_str())
        .bind(channel_word(channel))
        .fetch_optional(&self.pool)
        .await?;
        row.map(Connection::try_from).transpose()
    }

    async fn connection_like(&self, new: Connection) -> Result<Connection, StoreError> {
        let channel = channel_word(new.channel);
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        insert(&mut transaction, &new, "").await?;
        let row: ConnectionRow = sqlx::query_as(
            "SELECT id, business_id, service, kind, channel, standing, authorised_at, expires_at, signed_in_visit, tied_by,
                    tied_at, created_at
             FROM connections WHERE business_id = ? AND service = ? AND channel = ? AND slot = ''",
        )
        .bind(new.business.as_str())
        .bind(new.service.as_str())
        .bind(channel)
        .fetch_one(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Connection::try_from(row)
    }

    async fn connection(&self, id: &ConnectionId) -> Result<Option<Connection>, StoreError> {
        let row: Option<ConnectionRow> = sqlx::query_as(
            "SELECT id, business_id, service, kind, channel, standing, authorised_at, expires_at, signed_in_visit, tied_by,
                    tied_at, created_at
             FROM connections WHERE id = ?",
        )
        .bind(id.as_str())
        .fetch_optional(&self.pool)
        .await?;
        row.map(Connection::try_from).transpose()
    }

    async fn add_connection(&self, new: &Connection) -> Result<(), StoreError> {
        let mut connection = self.pool.acquire().await?;
        insert(&mut connection, new, new.id.as_str()).await
    }

    async fn connections(&self, business: &BusinessUuid) -> Result<Vec<Connection>, StoreError> {
        let rows: Vec<ConnectionRow> = sqlx::query_as(
            "SELECT id, business_id, service, kind, channel, standing, authorised_at, expires_at, signed_in_visit, tied_by,
                    tied_at, created_at
             FROM connections WHERE business_id = ? ORDER BY created_at, rowid",
        )
        .bind(business.as_str())
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(Connection::try_from).collect()
    }
}
