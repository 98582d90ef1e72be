//! Secret keys. What is stored is hashed; nobody who reads this could use one.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::WidgetId;
use sqlx::SqliteConnection;

use super::row::{At, to_milliseconds};
use super::{BEGIN, Sqlite};
use crate::domain::secret_key::{Scope, ScopeError, SecretKey, SecretKeyId};
use crate::store::{Replaced, SecretKeys, StoreError};
use crate::token::TokenHash;

#[derive(sqlx::FromRow)]
struct SecretKeyRow {
    id: String,
    widget_id: String,
    name: String,
    scopes: String,
    hash: Vec<u8>,
    created_at: i64,
    last_used_at: Option<i64>,
    expires_at: Option<i64>,
}

impl TryFrom<SecretKeyRow> for SecretKey {
    type Error = StoreError;

    fn try_from(row: SecretKeyRow) -> Result<Self, StoreError> {
        let at = At { table: "secret_keys", id: &row.id };
        let scopes = row.scopes.split_whitespace().map(str::parse).collect::<Result<_, _>>();
        Ok(Self {
            widget: WidgetId::new(row.widget_id),
            name: row.name,
            scopes: scopes.map_err(|refused: ScopeError| at.impossible_row("scopes", refused.0))?,
            hash: at.bytes("hash", row.hash)?,
            created_at: at.moment("created_at", row.created_at)?,
            last_used_at: row.last_used_at.map(|used| at.moment("last_used_at", used)).transpose()?,
            expires_at: row.expires_at.map(|ends| at.moment("expires_at", ends)).transpose()?,
            id: SecretKeyId::new(row.id),
        })
    }
}

/// The columns of a [`SecretKeyRow`], followed by a condition.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, widget_id, name, scopes, hash, created_at, last_used_at, expires_at FROM secret_keys ",
            $rest
        )
    };
}

async fn insert(connection: &mut SqliteConnection, key: &SecretKey) -> Result<(), StoreError> {
    let scopes: Vec<_> = key.scopes.iter().copied().map(Scope::word).collect();
    sqlx::query(
        "INSERT INTO secret_keys (id, widget_id, name, scopes, hash, created_at, last_used_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(key.id.as_str())
    .bind(key.widget.as_str())
    .bind(&key.name)
    .bind(scopes.join(" "))
    .bind(key.hash.as_bytes())
    .bind(to_milliseconds(key.created_at))
    .bind(key.last_used_at.map(to_milliseconds))
    .bind(key.expires_at.map(to_milliseconds))
    .execute(connection)
    .await?;
    Ok(())
}

async fn end(
    connection: &mut SqliteConnection,
    id: &SecretKeyId,
    ends_at: Timestamp,
) -> Result<Replaced, StoreError> {
    let done = sqlx::query(
        "UPDATE secret_keys SET expires_at = ? WHERE id = ? AND (expires_at IS NULL OR expires_at > ?)",
    )
    .bind(to_milliseconds(ends_at))
    .bind(id.as_str())
    .bind(to_milliseconds(ends_at))
    .execute(connection)
    .await?;
    Ok(if done.rows_affected() == 0 { Replaced::Overtaken } else { Replaced::Yes })
}

#[async_trait]
impl SecretKeys for Sqlite {
    async fn add_secret_key(&self, key: &SecretKey) -> Result<(), StoreError> {
        let mut connection = self.pool.acquire().await?;
        insert(&mut connection, key).await
    }

    async fn find_secret_key(
        &self,
        hash: TokenHash,
        now: Timestamp,
    ) -> Result<Option<SecretKey>, StoreError> {
        let row: Option<SecretKeyRow> =
            sqlx::query_as(select!("WHERE hash = ? AND (expires_at IS NULL OR expires_at > ?)"))
                .bind(hash.as_bytes())
                .bind(to_milliseconds(now))
                .fetch_optional(&self.pool)
                .await?;
        row.map(SecretKey::try_from).transpose()
    }

    async fn secret_key(&self, id: &SecretKeyId) -> Result<Option<SecretKey>, StoreError> {
        let row: Option<SecretKeyRow> =
            sqlx::query_as(select!("WHERE id = ?")).bind(id.as_str()).fetch_optional(&self.pool).await?;
        row.map(SecretKey::try_from).transpose()
    }

    async fn list_secret_keys(&self, widget: Option<&WidgetId>) -> Result<Vec<SecretKey>, StoreError> {
        let widget = widget.map(WidgetId::as_str);
        let rows: Vec<SecretKeyRow> =
            sqlx::query_as(select!("WHERE ? IS NULL OR widget_id = ? ORDER BY created_at, rowid"))
                .bind(widget)
                .bind(widget)
                .fetch_all(&self.pool)
                .await?;
        rows.into_iter().map(SecretKey::try_from).collect()
    }

    async fn note_secret_key_use(&self, id: &SecretKeyId, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query("UPDATE secret_keys SET last_used_at = ? WHERE id = ?")
            .bind(to_milliseconds(now))
            .bind(id.as_str())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    async fn end_secret_key(&self, id: &SecretKeyId, ends_at: Timestamp) -> Result<Replaced, StoreError> {
        let mut connection = self.pool.acquire().await?;
        end(&mut connection, id, ends_at).await
    }

    async fn rotate_secret_key(
        &self,
        older: &SecretKeyId,
        ends_at: Timestamp,
        new: &SecretKey,
    ) -> Result<Replaced, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        if end(&mut transaction, older, ends_at).await? == Replaced::Overtaken {
            return Ok(Replaced::Overtaken);
        }
        insert(&mut transaction, new).await?;
        transaction.commit().await?;
        Ok(Replaced::Yes)
    }
}
