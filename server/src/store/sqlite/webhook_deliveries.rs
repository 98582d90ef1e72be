//! Deliveries of what happened.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::WidgetId;
use sqlx::SqliteConnection;

use super::row::to_milliseconds;
use super::webhook_delivery_row::{ClaimedRow, DeliveryRow};
use super::{BEGIN, Sqlite, connections};
use crate::domain::business_list::{ListedPage, Page};
use crate::domain::webhook::{DeliveryId, EventId, EventKind, WebhookId};
use crate::domain::webhook_delivery::{AfterTry, ClaimedDelivery, DeliveryState, WebhookDelivery};
use crate::store::{Replaced, StoreError, WebhookDeliveries};

/// Gives what the triggers wrote down the times that their rows did not tell.
async fn fill_in_times(connection: &mut SqliteConnection, now: Timestamp) -> Result<(), StoreError> {
    for statement in [
        "UPDATE webhook_events SET occurred_at = ? WHERE occurred_at IS NULL",
        "UPDATE webhook_deliveries SET queued_at = ?1, due_at = ?1 WHERE queued_at IS NULL",
    ] {
        sqlx::query(statement).bind(to_milliseconds(now)).execute(&mut *connection).await?;
    }
    Ok(())
}

#[async_trait]
impl WebhookDeliveries for Sqlite {
    async fn expire_connections(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut connection = self.pool.acquire().await?;
        connections::expire(&mut connection, now).await
    }

    async fn claim_due_deliveries(
        &self,
        now: Timestamp,
        until: Timestamp,
        at_once: u32,
        most: u32,
    ) -> Result<Vec<ClaimedDelivery>, StoreError> {
        // Most of the time there is nothing, and nobody has to wait for a writer that writes nothing.
        let waiting: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM webhook_deliveries WHERE queued_at IS NULL)
                 OR EXISTS (SELECT 1 FROM webhook_events WHERE occurred_at IS NULL)
                 OR EXISTS (SELECT 1 FROM webhook_deliveries WHERE state = 'pending' AND due_at <= ?)",
        )
        .bind(to_milliseconds(now))
        .fetch_one(&self.pool)
        .await?;
        if !waiting {
            return Ok(Vec::new());
        }
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        fill_in_times(&mut transaction, now).await?;
        let rows: Vec<ClaimedRow> = sqlx::query_as(
            "SELECT due.number, due.tries + 1 AS tries, due.queued_at,
                w.id AS webhook_id, w.widget_id, w.url, w.description, w.events, w.secret, w.older_secret,
                w.older_secret_until, w.created_at,
                e.id AS event_id, e.widget_id AS event_widget_id, e.event, e.business_id, e.business_name, e.connection_id,
                e.service, e.is_mock_data, e.account_id, e.entity_id, e.business_metadata, e.visit_metadata,
                e.connection_metadata, e.old_status, e.new_status, e.reason, e.occurred_at, e.tied_by
             FROM (
                SELECT number, webhook_id, event_number, tries, queued_at, due_at,
                    row_number() OVER (PARTITION BY webhook_id ORDER BY due_at, number) AS place
                FROM webhook_deliveries d
                WHERE state = 'pending' AND due_at <= ?1 AND (claimed_until IS NULL OR claimed_until <= ?1)
                  AND NOT EXISTS (SELECT 1 FROM webhook_deliveries earlier
                                  WHERE earlier.webhook_id = d.webhook_id AND earlier.subject = d.subject
                                    AND earlier.state = 'pending' AND earlier.number < d.number)
             ) due
             JOIN webhooks w ON w.id = due.webhook_id
             JOIN webhook_events e ON e.number = due.event_number
             WHERE due.place <= ?2 - (SELECT count(*) FROM webhook_deliveries claimed
                                    WHERE claimed.webhook_id = due.webhook_id AND claimed.state = 'pending'
                                      AND claimed.claimed_until > ?1)
             ORDER BY due.due_at, due.number LIMIT ?3",
        )
        .bind(to_milliseconds(now))
        .bind(at_once)
        .bind(most)
        .fetch_all(&mut *transaction)
        .await?;
        for row in &rows {
            sqlx::query("UPDATE webhook_deliveries SET claimed_until = ?, tries = ? WHERE number = ?")
                .bind(to_milliseconds(until))
                .bind(row.tries)
                .bind(row.number)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        let mut claimed = Vec::new();
        for row in rows {
            match ClaimedDelivery::try_from(row) {
                Ok(delivery) => claimed.push(delivery),
                // The others must not wait for it.
                Err(error) => tracing::error!(%error, "a webhook cannot be delivered"),
            }
        }
        Ok(claimed)
    }

    async fn settle_delivery(
        &self,
        delivery: &ClaimedDelivery,
        now: Timestamp,
        after: AfterTry,
        result: &str,
    ) -> Result<Replaced, StoreError> {
        let (state, due_at) = match after {
            AfterTry::Delivered => (DeliveryState::Delivered, None),
            AfterTry::Again(at) => (DeliveryState::Pending, Some(at)),
            AfterTry::Failed => (DeliveryState::Failed, None),
        };
        let done = sqlx::query(
            "UPDATE webhook_deliveries SET state = ?, due_at = ?, claimed_until = NULL, tried_at = ?, result = ?
             WHERE number = ? AND tries = ? AND state = 'pending'",
        )
        .bind(state.word())
        .bind(due_at.map(to_milliseconds))
        .bind(to_milliseconds(now))
        .bind(result)
        .bind(delivery.number)
        .bind(delivery.tries)
        .execute(&self.pool)
        .await?;
        Ok(if done.rows_affected() == 0 { Replaced::Overtaken } else { Replaced::Yes })
    }

    async fn list_deliveries(
        &self,
        webhook: &WebhookId,
        states: &[DeliveryState],
        page: Page,
        now: Timestamp,
    ) -> Result<ListedPage<WebhookDelivery>, StoreError> {
        let all = if states.is_empty() { &DeliveryState::ALL[..] } else { states };
        let words: Vec<_> = all.iter().copied().map(DeliveryState::word).collect();
        let words = words.join(" ");
        let count = sqlx::query_scalar(
            "SELECT count(*) FROM webhook_deliveries WHERE webhook_id = ? AND instr(?, state) > 0",
        )
        .bind(webhook.as_str())
        .bind(&words)
        .fetch_one(&self.pool)
        .await?;
        let rows: Vec<DeliveryRow> = sqlx::query_as(
            "SELECT d.id, e.id AS event_id, e.event, d.state, d.tries, d.queued_at, d.due_at, d.tried_at, d.result
             FROM webhook_deliveries d JOIN webhook_events e ON e.number = d.event_number
             WHERE d.webhook_id = ? AND instr(?, d.state) > 0 ORDER BY d.number DESC LIMIT ? OFFSET ?",
        )
        .bind(webhook.as_str())
        .bind(&words)
        .bind(page.limit)
        .bind(page.offset)
        .fetch_all(&self.pool)
        .await?;
        let entries = rows.into_iter().map(|row| row.into_delivery(now)).collect::<Result<_, _>>()?;
        Ok(ListedPage { count, entries })
    }

    async fn replay_delivery(
        &self,
        webhook: &WebhookId,
        delivery: &DeliveryId,
        now: Timestamp,
    ) -> Result<Option<WebhookDelivery>, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let number: Option<i64> = sqlx::query_scalar(
            "INSERT INTO webhook_deliveries (webhook_id, event_number, subject, queued_at, due_at)
             SELECT webhook_id, event_number, subject, ?1, ?1 FROM webhook_deliveries WHERE id = ?2 AND webhook_id = ?3
             RETURNING number",
        )
        .bind(to_milliseconds(now))
        .bind(delivery.as_str())
        .bind(webhook.as_str())
        .fetch_optional(&mut *transaction)
        .await?;
        let row: Option<DeliveryRow> = sqlx::query_as(
            "SELECT d.id, e.id AS event_id, e.event, d.state, d.tries, d.queued_at, d.due_at, d.tried_at, d.result
             FROM webhook_deliveries d JOIN webhook_events e ON e.number = d.event_number WHERE d.number = ?",
        )
        .bind(number)
        .fetch_optional(&mut *transaction)
        .await?;
        transaction.commit().await?;
        row.map(|row| row.into_delivery(now)).transpose()
    }

    async fn record_practice_events(
        &self,
        widget: &WidgetId,
        now: Timestamp,
    ) -> Result<Vec<(EventId, EventKind)>, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let mut recorded = Vec::new();
        for kind in EventKind::ALL {
            let is_of_connection = kind != EventKind::BusinessRemoved;
            let (old, new) = match kind {
                EventKind::ConnectionStatus => (Some("pending"), Some("active")),
                EventKind::Login
                | EventKind::Auth
                | EventKind::ConnectionRemoved
                | EventKind::BusinessRemoved => (None, None),
            };
            let id: Option<String> = sqlx::query_scalar(
                "INSERT INTO webhook_events (event, widget_id, business_id, business_name, connection_id, service,
                     is_mock_data, account_id, old_status, new_status, occurred_at)
                 SELECT ?1, ?2, ?3, 'Practice business', ?4, ?5, 1, ?6, ?7, ?8, ?9
                 WHERE EXISTS (SELECT 1 FROM webhooks WHERE widget_id = ?2) RETURNING id",
            )
            .bind(kind.word())
            .bind(widget.as_str())
            .bind("BIZ-00000000-0000-4000-8000-000000000000")
            .bind(is_of_connection.then_some("CON-00000000-0000-4000-8000-000000000000"))
            .bind(is_of_connection.then_some("railzSandbox"))
            .bind(is_of_connection.then_some("practice"))
            .bind(old)
            .bind(new)
            .bind(to_milliseconds(now))
            .fetch_optional(&mut *transaction)
            .await?;
            recorded.extend(id.map(|id| (EventId::new(id), kind)));
        }
        transaction.commit().await?;
        Ok(recorded)
    }

    async fn drop_deliveries(&self, before: Timestamp) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let done = sqlx::query("DELETE FROM webhook_deliveries WHERE state <> 'pending' AND tried_at <= ?")
            .bind(to_milliseconds(before))
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "DELETE FROM webhook_events WHERE occurred_at <= ?
             AND NOT EXISTS (SELECT 1 FROM webhook_deliveries WHERE event_number = webhook_events.number)",
        )
        .bind(to_milliseconds(before))
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(done.rows_affected())
    }
}
