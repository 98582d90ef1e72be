//! Credentials. What is stored here is sealed; this file could not open it.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{ConnectionId, ServiceName};
use sqlx::SqliteConnection;

use super::row::{At, to_milliseconds};
use super::{BEGIN, Sqlite, connections, pending_choices};
use crate::domain::connection::Connection;
use crate::domain::credential::{Credential, StoredCredential};
use crate::store::{Credentials, Replaced, StoreError};
use crate::vault::KeyId;

#[derive(sqlx::FromRow)]
struct CredentialRow {
    connection_id: String,
    service: String,
    access_token: Vec<u8>,
    refresh_token: Option<Vec<u8>>,
    refresh_at: Option<i64>,
    access_expires_at: Option<i64>,
    lapses_at: Option<i64>,
    version: i64,
    claims: i64,
}

impl TryFrom<CredentialRow> for StoredCredential {
    type Error = StoreError;

    fn try_from(row: CredentialRow) -> Result<Self, StoreError> {
        let at = At { table: "credentials", id: &row.connection_id };
        let access = at.bytes("access_token", row.access_token)?;
        let refresh = row.refresh_token.map(|bytes| at.bytes("refresh_token", bytes)).transpose()?;
        let refresh_at = row.refresh_at.map(|moment| at.moment("refresh_at", moment)).transpose()?;
        let access_expires_at =
            row.access_expires_at.map(|moment| at.moment("access_expires_at", moment)).transpose()?;
        let lapses_at = row.lapses_at.map(|moment| at.moment("lapses_at", moment)).transpose()?;
        if refresh.is_none() && refresh_at.is_some() {
            return Err(at.impossible_row("refresh_at", "is set where there is no refresh token"));
        }
        let connection = ConnectionId::new(row.connection_id);
        Ok(Self {
            service: ServiceName::new(row.service),
            version: row.version,
            claims: row.claims,
            credential: Credential { connection, access, refresh, refresh_at, access_expires_at, lapses_at },
        })
    }
}

/// The columns of a [`CredentialRow`], followed by a condition.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT k.connection_id, c.service, k.access_token, k.refresh_token, k.refresh_at, \
             k.access_expires_at, k.lapses_at, k.version, k.claims \
             FROM credentials k JOIN connections c ON c.id = k.connection_id ",
            $rest
        )
    };
}

/// Stores a credential, whatever was there before.
pub(super) async fn put(connection: &mut SqliteConnection, new: &Credential) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO credentials (connection_id, key_id, access_token, refresh_token, refresh_at, access_expires_at, lapses_at,
             version)
         VALUES (?, ?, ?, ?, ?, ?, ?, 1)
         ON CONFLICT (connection_id) DO UPDATE SET key_id = excluded.key_id,
             access_token = excluded.access_token, refresh_token = excluded.refresh_token,
             refresh_at = excluded.refresh_at, access_expires_at = excluded.access_expires_at,
             lapses_at = excluded.lapses_at, version = credentials.version + 1, claims = 0",
    )
    .bind(new.connection.as_str())
    .bind(new.access.key().to_string())
    .bind(new.access.as_bytes())
    .bind(new.refresh.as_ref().map(crate::vault::Sealed::as_bytes))
    .bind(new.refresh_at.map(to_milliseconds))
    .bind(new.access_expires_at.map(to_milliseconds))
    .bind(new.lapses_at.map(to_milliseconds))
    .execute(connection)
    .await?;
    Ok(())
}

#[async_trait]
impl Credentials for Sqlite {
    async fn credential(&self, connection: &ConnectionId) -> Result<Option<StoredCredential>, StoreError> {
        let row: Option<CredentialRow> = sqlx::query_as(select!("WHERE k.connection_id = ?"))
            .bind(connection.as_str())
            .fetch_optional(&self.pool)
            .await?;
        row.map(StoredCredential::try_from).transpose()
    }

    async fn next_due(&self, now: Timestamp) -> Result<Option<ConnectionId>, StoreError> {
        let due: Option<String> = sqlx::query_scalar(
            "SELECT connection_id FROM credentials WHERE refresh_at <= ? ORDER BY refresh_at LIMIT 1",
        )
        .bind(to_milliseconds(now))
        .fetch_optional(&self.pool)
        .await?;
        Ok(due.map(ConnectionId::new))
    }

    async fn claim_due(
        &self,
        connection: &ConnectionId,
        now: Timestamp,
        again: Timestamp,
    ) -> Result<Option<StoredCredential>, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let row: Option<CredentialRow> =
            sqlx::query_as(select!("WHERE k.connection_id = ? AND k.refresh_at <= ?"))
                .bind(connection.as_str())
                .bind(to_milliseconds(now))
                .fetch_optional(&mut *transaction)
                .await?;
        let Some(row) = row else { return Ok(None) };
        sqlx::query("UPDATE credentials SET refresh_at = ?, claims = claims + 1 WHERE connection_id = ?")
            .bind(to_milliseconds(again))
            .bind(&row.connection_id)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        StoredCredential::try_from(row).map(Some)
    }

    async fn claim(&self, stored: &StoredCredential, again: Timestamp) -> Result<Replaced, StoreError> {
        let done = sqlx::query(
            "UPDATE credentials SET refresh_at = ?, claims = claims + 1
             WHERE connection_id = ? AND version = ? AND claims = ? AND refresh_token IS NOT NULL",
        )
        .bind(to_milliseconds(again))
        .bind(stored.credential.connection.as_str())
        .bind(stored.version)
        .bind(stored.claims)
        .execute(&self.pool)
        .await?;
        Ok(if done.rows_affected() == 0 { Replaced::Overtaken } else { Replaced::Yes })
    }

    async fn replace_credential(
        &self,
        version: i64,
        new: &Credential,
        is: Option<&Connection>,
    ) -> Result<Replaced, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let current: Option<i64> =
            sqlx::query_scalar("SELECT version FROM credentials WHERE connection_id = ?")
                .bind(new.connection.as_str())
                .fetch_optional(&mut *transaction)
                .await?;
        if current != Some(version) {
            return Ok(Replaced::Overtaken);
        }
        put(&mut transaction, new).await?;
        if let Some(is) = is {
            connections::extend(&mut transaction, is).await?;
        }
        transaction.commit().await?;
        Ok(Replaced::Yes)
    }

    async fn has_credential_of(&self, service: &ServiceName) -> Result<bool, StoreError> {
        let found: Option<i64> = sqlx::query_scalar(
            "SELECT 1 FROM credentials k JOIN connections c ON c.id = k.connection_id WHERE c.service = ? LIMIT 1",
        )
        .bind(service.as_str())
        .fetch_optional(&self.pool)
        .await?;
        Ok(found.is_some())
    }

    async fn disconnect(
        &self,
        version: i64,
        connection: &ConnectionId,
        now: Timestamp,
    ) -> Result<Replaced, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        if !give_up(&mut transaction, version, connection).await? {
            return Ok(Replaced::Overtaken);
        }
        sqlx::query(
            "UPDATE connections SET standing = 'disconnected', expires_at = ?
             WHERE id = ? AND standing = 'active'",
        )
        .bind(to_milliseconds(now))
        .bind(connection.as_str())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(Replaced::Yes)
    }

    async fn lapse(
        &self,
        version: i64,
        connection: &ConnectionId,
        now: Timestamp,
    ) -> Result<Replaced, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        if !give_up(&mut transaction, version, connection).await? {
            return Ok(Replaced::Overtaken);
        }
        sqlx::query(
            "UPDATE connections SET expires_at = min(expires_at, ?) WHERE id = ? AND standing = 'active'",
        )
        .bind(to_milliseconds(now))
        .bind(connection.as_str())
        .execute(&mut *transaction)
        .await?;
        connections::expire(&mut transaction, now).await?;
        transaction.commit().await?;
        Ok(Replaced::Yes)
    }

    async fn one_of_each_key(&self) -> Result<Vec<Result<StoredCredential, StoreError>>, StoreError> {
        let rows: Vec<CredentialRow> = sqlx::query_as(select!(
            "WHERE k.connection_id IN (SELECT min(connection_id) FROM credentials GROUP BY key_id)"
        ))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(StoredCredential::try_from).collect())
    }

    async fn one_of_other_key(&self, key: KeyId) -> Result<Option<StoredCredential>, StoreError> {
        let row: Option<CredentialRow> = sqlx::query_as(select!("WHERE k.key_id <> ? LIMIT 1"))
            .bind(key.to_string())
            .fetch_optional(&self.pool)
            .await?;
        row.map(StoredCredential::try_from).transpose()
    }
}

/// Drops a credential, and with it the choice that waits for it. False where a newer one has taken its place: then nothing
/// is dropped.
async fn give_up(
    connection: &mut SqliteConnection,
    version: i64,
    id: &ConnectionId,
) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM credentials WHERE connection_id = ? AND version = ?")
        .bind(id.as_str())
        .bind(version)
        .execute(&mut *connection)
        .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    pending_choices::close(connection, id).await?;
    Ok(true)
}

/// Takes away what a connection holds, whatever it is.
pub(super) async fn forget(connection: &mut SqliteConnection, of: &ConnectionId) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM credentials WHERE connection_id = ?")
        .bind(of.as_str())
        .execute(connection)
        .await?;
    Ok(())
}
