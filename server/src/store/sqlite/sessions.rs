//! Sessions.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{BusinessUuid, WidgetId};

use super::Sqlite;
use super::row::{At, to_milliseconds};
use crate::domain::session::Session;
use crate::store::{Sessions, StoreError};
use crate::token::TokenHash;

#[derive(sqlx::FromRow)]
struct SessionRow {
    widget_id: String,
    business_id: String,
    expires_at: i64,
}

#[async_trait]
impl Sessions for Sqlite {
    async fn add_session(&self, session: &Session) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO sessions (token, widget_id, business_id, expires_at) VALUES (?, ?, ?, ?)")
            .bind(session.token.as_bytes())
            .bind(session.widget.as_str())
            .bind(session.business.as_str())
            .bind(to_milliseconds(session.expires_at))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    async fn session(&self, token: TokenHash, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let row: Option<SessionRow> = sqlx::query_as(
            "SELECT widget_id, business_id, expires_at FROM sessions WHERE token = ? AND expires_at > ?",
        )
        .bind(token.as_bytes())
        .bind(to_milliseconds(now))
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let expires_at =
            At { table: "sessions", id: &row.business_id }.moment("expires_at", row.expires_at)?;
        Ok(Some(Session {
            token,
            widget: WidgetId::new(row.widget_id),
            business: BusinessUuid::new(row.business_id),
            expires_at,
        }))
    }

    async fn drop_sessions(&self, now: Timestamp) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM sessions WHERE expires_at <= ?")
            .bind(to_milliseconds(now))
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }
}
