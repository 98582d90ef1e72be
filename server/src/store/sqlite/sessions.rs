//! Sessions.

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::Sqlite;
use super::row::{At, to_milliseconds};
use super::visit_row::VisitRow;
use crate::domain::session::Session;
use crate::domain::visit::Visit;
use crate::store::{Sessions, StoreError};
use crate::token::TokenHash;

#[derive(sqlx::FromRow)]
struct SessionRow {
    expires_at: i64,
    #[sqlx(flatten)]
    visit: VisitRow,
}

/// Stores a session; one that is there already becomes one of this visit and ends when this says.
pub(super) async fn put(connection: &mut SqliteConnection, session: &Session) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sessions (token, visit_id, expires_at) VALUES (?, ?, ?)
         ON CONFLICT (token) DO UPDATE SET visit_id = excluded.visit_id, expires_at = excluded.expires_at",
    )
    .bind(session.token.as_bytes())
    .bind(session.visit.as_str())
    .bind(to_milliseconds(session.expires_at))
    .execute(connection)
    .await?;
    Ok(())
}

#[async_trait]
impl Sessions for Sqlite {
    async fn session(
        &self,
        token: TokenHash,
        until: Timestamp,
    ) -> Result<Option<(Session, Visit)>, StoreError> {
        let row: Option<SessionRow> = sqlx::query_as(
            "SELECT s.expires_at, v.id, v.widget_id, v.business_id, v.strength, v.origin, v.success_url, v.redirect_url,
                    v.state, v.services, v.metadata, v.created_at
             FROM sessions s JOIN visits v ON v.id = s.visit_id WHERE s.token = ? AND s.expires_at > ?",
        )
        .bind(token.as_bytes())
        .bind(to_milliseconds(until))
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let visit = Visit::try_from(row.visit)?;
        let at = At { table: "sessions", id: visit.id.as_str() };
        let expires_at = at.moment("expires_at", row.expires_at)?;
        Ok(Some((Session { token, visit: visit.id.clone(), expires_at }, visit)))
    }

    async fn extend_session(&self, token: TokenHash, expires_at: Timestamp) -> Result<(), StoreError> {
        sqlx::query("UPDATE sessions SET expires_at = ? WHERE token = ? AND expires_at < ?")
            .bind(to_milliseconds(expires_at))
            .bind(token.as_bytes())
            .bind(to_milliseconds(expires_at))
            .execute(&self.unsynced_pool)
            .await?;
        Ok(())
    }

    async fn end_session(&self, token: TokenHash) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE token = ?")
            .bind(token.as_bytes())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    async fn drop_sessions(&self, before: Timestamp) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM sessions WHERE expires_at <= ?")
            .bind(to_milliseconds(before))
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }
}
