//! The newest connectionToken of each visit, by its id (`jti`); the token itself is nowhere stored.

use async_trait::async_trait;
use jiff::Timestamp;

use super::Sqlite;
use super::row::to_milliseconds;
use crate::domain::visit::VisitId;
use crate::store::{ConnectionTokens, Redemption, StoreError};

#[async_trait]
impl ConnectionTokens for Sqlite {
    async fn put_connection_token(
        &self,
        visit: &VisitId,
        token_id: &str,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO connection_tokens (visit_id, token_id, expires_at) VALUES (?, ?, ?)
             ON CONFLICT (visit_id) DO UPDATE
             SET token_id = excluded.token_id, expires_at = excluded.expires_at, redeemed_at = NULL",
        )
        .bind(visit.as_str())
        .bind(token_id)
        .bind(to_milliseconds(expires_at))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    async fn redeem_connection_token(
        &self,
        token_id: &str,
        now: Timestamp,
    ) -> Result<Redemption, StoreError> {
        let visit: Option<String> = sqlx::query_scalar(
            "UPDATE connection_tokens SET redeemed_at = ? WHERE token_id = ? AND redeemed_at IS NULL
             RETURNING visit_id",
        )
        .bind(to_milliseconds(now))
        .bind(token_id)
        .fetch_optional(&self.pool)
        .await?;
        Ok(visit.map_or(Redemption::Over, |visit| Redemption::Redeemed(VisitId::new(visit))))
    }
}
