//! Webhooks. What is stored of their secrets is sealed; this file could not open it.

use async_trait::async_trait;
use railz_connect_contract::WidgetId;

use super::row::{At, to_milliseconds};
use super::{BEGIN, Sqlite};
use crate::domain::webhook::{EventKind, MOST_OF_A_WIDGET, Webhook, WebhookId, WebhookSecrets, parse_events};
use crate::store::{Added, Replaced, StoreError, Webhooks};
use crate::vault::Sealed;

/// The columns of a webhook. `webhook_deliveries.rs` reads them beside a delivery's.
#[derive(sqlx::FromRow)]
pub(super) struct WebhookRow {
    webhook_id: String,
    widget_id: String,
    url: String,
    description: String,
    events: String,
    secret: Vec<u8>,
    older_secret: Option<Vec<u8>>,
    older_secret_until: Option<i64>,
    created_at: i64,
}

impl TryFrom<WebhookRow> for Webhook {
    type Error = StoreError;

    fn try_from(row: WebhookRow) -> Result<Self, StoreError> {
        let at = At { table: "webhooks", id: &row.webhook_id };
        let url = row.url.parse().map_err(|_| at.impossible_row("url", "is no address"))?;
        let events = parse_events(row.events.split_whitespace());
        let events = events.map_err(|error| at.impossible_row("events", error.to_string()))?;
        let newest = at.bytes("secret", row.secret)?;
        let older = match (row.older_secret, row.older_secret_until) {
            (Some(older), Some(until)) => {
                Some((at.bytes("older_secret", older)?, at.moment("older_secret_until", until)?))
            }
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => {
                return Err(at.impossible_row("older_secret", "and its end are not both set"));
            }
        };
        let created_at = at.moment("created_at", row.created_at)?;
        Ok(Self {
            id: WebhookId::new(row.webhook_id),
            widget: WidgetId::new(row.widget_id),
            url,
            description: row.description,
            events,
            secrets: WebhookSecrets { newest, older },
            created_at,
        })
    }
}

/// The columns of a [`WebhookRow`], followed by a condition.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id AS webhook_id, widget_id, url, description, events, secret, older_secret, older_secret_until, \
             created_at FROM webhooks ",
            $rest
        )
    };
}

fn event_words(webhook: &Webhook) -> String {
    webhook.events.iter().copied().map(EventKind::word).collect::<Vec<_>>().join(" ")
}

#[async_trait]
impl Webhooks for Sqlite {
    async fn add_webhook(&self, webhook: &Webhook) -> Result<Added, StoreError> {
        let most = i64::try_from(MOST_OF_A_WIDGET).unwrap_or(i64::MAX);
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let there: i64 = sqlx::query_scalar("SELECT count(*) FROM webhooks WHERE widget_id = ?")
            .bind(webhook.widget.as_str())
            .fetch_one(&mut *transaction)
            .await?;
        if there >= most {
            return Ok(Added::Taken);
        }
        sqlx::query(
            "INSERT INTO webhooks (id, widget_id, url, description, events, secret, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(webhook.id.as_str())
        .bind(webhook.widget.as_str())
        .bind(webhook.url.as_str())
        .bind(&webhook.description)
        .bind(event_words(webhook))
        .bind(webhook.secrets.newest.as_bytes())
        .bind(to_milliseconds(webhook.created_at))
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(Added::New)
    }

    async fn webhook(&self, id: &WebhookId) -> Result<Option<Webhook>, StoreError> {
        let row: Option<WebhookRow> =
            sqlx::query_as(select!("WHERE id = ?")).bind(id.as_str()).fetch_optional(&self.pool).await?;
        row.map(Webhook::try_from).transpose()
    }

    async fn list_webhooks(&self, widget: Option<&WidgetId>) -> Result<Vec<Webhook>, StoreError> {
        let asked = match widget {
            Some(widget) => sqlx::query_as(select!("WHERE widget_id = ? ORDER BY created_at, rowid"))
                .bind(widget.as_str())
                .fetch_all(&self.pool),
            None => sqlx::query_as(select!("ORDER BY created_at, rowid")).fetch_all(&self.pool),
        };
        let rows: Vec<WebhookRow> = asked.await?;
        rows.into_iter().map(Webhook::try_from).collect()
    }

    async fn replace_webhook(&self, webhook: &Webhook) -> Result<Replaced, StoreError> {
        let done = sqlx::query("UPDATE webhooks SET url = ?, description = ?, events = ? WHERE id = ?")
            .bind(webhook.url.as_str())
            .bind(&webhook.description)
            .bind(event_words(webhook))
            .bind(webhook.id.as_str())
            .execute(&self.pool)
            .await?;
        Ok(if done.rows_affected() == 0 { Replaced::Overtaken } else { Replaced::Yes })
    }

    async fn replace_webhook_secrets(
        &self,
        id: &WebhookId,
        was: &WebhookSecrets,
        is: &WebhookSecrets,
    ) -> Result<Replaced, StoreError> {
        let done = sqlx::query(
            "UPDATE webhooks SET secret = ?, older_secret = ?, older_secret_until = ? WHERE id = ? AND secret = ?",
        )
        .bind(is.newest.as_bytes())
        .bind(is.older.as_ref().map(|(sealed, _)| Sealed::as_bytes(sealed)))
        .bind(is.older.as_ref().map(|(_, until)| to_milliseconds(*until)))
        .bind(id.as_str())
        .bind(was.newest.as_bytes())
        .execute(&self.pool)
        .await?;
        Ok(if done.rows_affected() == 0 { Replaced::Overtaken } else { Replaced::Yes })
    }

    async fn delete_webhook(&self, id: &WebhookId) -> Result<bool, StoreError> {
        let done =
            sqlx::query("DELETE FROM webhooks WHERE id = ?").bind(id.as_str()).execute(&self.pool).await?;
        Ok(done.rows_affected() > 0)
    }
}
