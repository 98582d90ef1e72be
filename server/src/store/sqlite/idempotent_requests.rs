//! Requests with an `Idempotency-Key`, and the answers that are kept for them.

use async_trait::async_trait;
use jiff::Timestamp;

use super::row::{At, to_milliseconds};
use super::{BEGIN, Sqlite};
use crate::domain::idempotent_request::IdempotentRequest;
use crate::store::{IdempotentRequests, RequestStanding, StoreError};
use crate::vault::Sealed;

#[derive(sqlx::FromRow)]
struct RequestRow {
    body: Vec<u8>,
    answer: Option<Vec<u8>>,
}

#[async_trait]
impl IdempotentRequests for Sqlite {
    async fn begin_request(
        &self,
        request: &IdempotentRequest,
        now: Timestamp,
    ) -> Result<RequestStanding, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let row: Option<RequestRow> = sqlx::query_as(
            "SELECT body, answer FROM idempotent_requests
             WHERE widget_id = ? AND path = ? AND idempotency_key = ? AND expires_at > ?",
        )
        .bind(request.widget.as_str())
        .bind(&request.path)
        .bind(request.key.as_bytes())
        .bind(to_milliseconds(now))
        .fetch_optional(&mut *transaction)
        .await?;
        match row {
            Some(row) if row.body != request.body.as_bytes() => return Ok(RequestStanding::OtherBody),
            Some(RequestRow { answer: None, .. }) => return Ok(RequestStanding::UnderWay),
            Some(RequestRow { answer: Some(answer), .. }) => {
                let at = At { table: "idempotent_requests", id: request.widget.as_str() };
                return Ok(RequestStanding::Answered(at.bytes::<Sealed>("answer", answer)?));
            }
            None => {}
        }
        sqlx::query(
            "INSERT INTO idempotent_requests (widget_id, path, idempotency_key, body, expires_at) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (widget_id, path, idempotency_key)
             DO UPDATE SET body = excluded.body, answer = NULL, expires_at = excluded.expires_at",
        )
        .bind(request.widget.as_str())
        .bind(&request.path)
        .bind(request.key.as_bytes())
        .bind(request.body.as_bytes())
        .bind(to_milliseconds(request.expires_at))
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(RequestStanding::New)
    }

    async fn finish_request(&self, request: &IdempotentRequest, answer: &Sealed) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE idempotent_requests SET answer = ?, expires_at = ?
             WHERE widget_id = ? AND path = ? AND idempotency_key = ? AND body = ?",
        )
        .bind(answer.as_bytes())
        .bind(to_milliseconds(request.expires_at))
        .bind(request.widget.as_str())
        .bind(&request.path)
        .bind(request.key.as_bytes())
        .bind(request.body.as_bytes())
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    async fn forget_request(&self, request: &IdempotentRequest) -> Result<(), StoreError> {
        sqlx::query(
            "DELETE FROM idempotent_requests WHERE widget_id = ? AND path = ? AND idempotency_key = ? AND body = ?",
        )
        .bind(request.widget.as_str())
        .bind(&request.path)
        .bind(request.key.as_bytes())
        .bind(request.body.as_bytes())
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    async fn drop_requests(&self, now: Timestamp) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM idempotent_requests WHERE expires_at <= ?")
            .bind(to_milliseconds(now))
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }
}
