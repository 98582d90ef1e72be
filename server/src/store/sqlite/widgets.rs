//! Widgets and their origins.

use async_trait::async_trait;
use railz_connect_contract::WidgetId;
use sqlx::SqliteConnection;

use super::row::{At, to_milliseconds};
use super::{BEGIN, Sqlite};
use crate::domain::origin::OriginPattern;
use crate::domain::registered_address::{RegisteredAddress, RegisteredAddressError};
use crate::domain::widget::{Mode, SessionPolicyError, Widget};
use crate::store::{Added, Replaced, StoreError, WidgetContents, Widgets};

#[derive(sqlx::FromRow)]
struct WidgetRow {
    id: String,
    name: String,
    email: String,
    mode: String,
    sessions: String,
    created_at: i64,
}

/// A widget's row, its origins and its success addresses.
type WidgetRows = (WidgetRow, Vec<String>, Vec<String>);

impl TryFrom<WidgetRows> for Widget {
    type Error = StoreError;

    fn try_from((row, origins, success_addresses): WidgetRows) -> Result<Self, StoreError> {
        let at = At { table: "widgets", id: &row.id };
        let mode = match row.mode.as_str() {
            "sandbox" => Mode::Sandbox,
            "live" => Mode::Live,
            other => return Err(at.impossible_row("mode", other)),
        };
        let created_at = at.moment("created_at", row.created_at)?;
        let sessions = row.sessions.parse();
        let sessions =
            sessions.map_err(|refused: SessionPolicyError| at.impossible_row("sessions", refused.0))?;
        let origins =
            origins.into_iter().map(|origin| origin_of(&row.id, &origin)).collect::<Result<_, _>>()?;
        let success_addresses = success_addresses
            .into_iter()
            .map(|address| success_address_of(&row.id, &address))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            id: WidgetId::new(row.id),
            name: row.name,
            email: row.email,
            mode,
            origins,
            sessions,
            success_addresses,
            created_at,
        })
    }
}

fn origin_of(widget: &str, text: &str) -> Result<OriginPattern, StoreError> {
    let at = At { table: "widget_origins", id: widget };
    text.parse().map_err(|refused: crate::domain::origin::OriginError| at.impossible_row("origin", refused.0))
}

fn success_address_of(widget: &str, text: &str) -> Result<RegisteredAddress, StoreError> {
    let at = At { table: "widget_success_addresses", id: widget };
    text.parse().map_err(|refused: RegisteredAddressError| at.impossible_row("address", refused.0))
}

fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Sandbox => "sandbox",
        Mode::Live => "live",
    }
}

/// Writes a widget's origins and success addresses beside those it has.
async fn insert_addresses(connection: &mut SqliteConnection, widget: &Widget) -> Result<(), StoreError> {
    for origin in &widget.origins {
        sqlx::query("INSERT INTO widget_origins (widget_id, origin) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(widget.id.as_str())
            .bind(origin.to_string())
            .execute(&mut *connection)
            .await?;
    }
    for address in &widget.success_addresses {
        sqlx::query(
            "INSERT INTO widget_success_addresses (widget_id, address) VALUES (?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(widget.id.as_str())
        .bind(address.to_string())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

#[async_trait]
impl Widgets for Sqlite {
    async fn add_widget(&self, widget: &Widget) -> Result<Added, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let done = sqlx::query(
            "INSERT INTO widgets (id, name, email, mode, sessions, created_at) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
        )
        .bind(widget.id.as_str())
        .bind(&widget.name)
        .bind(&widget.email)
        .bind(mode_word(widget.mode))
        .bind(widget.sessions.word())
        .bind(to_milliseconds(widget.created_at))
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(Added::Taken);
        }
        insert_addresses(&mut transaction, widget).await?;
        transaction.commit().await?;
        Ok(Added::New)
    }

    async fn widget(&self, id: &WidgetId) -> Result<Option<Widget>, StoreError> {
        let row: Option<WidgetRow> =
            sqlx::query_as("SELECT id, name, email, mode, sessions, created_at FROM widgets WHERE id = ?")
                .bind(id.as_str())
                .fetch_optional(&self.pool)
                .await?;
        let Some(row) = row else { return Ok(None) };
        let origins =
            sqlx::query_scalar("SELECT origin FROM widget_origins WHERE widget_id = ? ORDER BY rowid")
                .bind(id.as_str())
                .fetch_all(&self.pool)
                .await?;
        let success_addresses = sqlx::query_scalar(
            "SELECT address FROM widget_success_addresses WHERE widget_id = ? ORDER BY rowid",
        )
        .bind(id.as_str())
        .fetch_all(&self.pool)
        .await?;
        Widget::try_from((row, origins, success_addresses)).map(Some)
    }

    async fn list_widgets(&self) -> Result<Vec<Widget>, StoreError> {
        let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM widgets ORDER BY created_at, rowid")
            .fetch_all(&self.pool)
            .await?;
        let mut widgets = Vec::new();
        for id in ids {
            widgets.extend(self.widget(&WidgetId::new(id)).await?);
        }
        Ok(widgets)
    }

    async fn replace_widget(&self, widget: &Widget) -> Result<Replaced, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let done = sqlx::query("UPDATE widgets SET name = ?, email = ?, mode = ?, sessions = ? WHERE id = ?")
            .bind(&widget.name)
            .bind(&widget.email)
            .bind(mode_word(widget.mode))
            .bind(widget.sessions.word())
            .bind(widget.id.as_str())
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(Replaced::Overtaken);
        }
        for forget in [
            "DELETE FROM widget_origins WHERE widget_id = ?",
            "DELETE FROM widget_success_addresses WHERE widget_id = ?",
        ] {
            sqlx::query(forget).bind(widget.id.as_str()).execute(&mut *transaction).await?;
        }
        insert_addresses(&mut transaction, widget).await?;
        transaction.commit().await?;
        Ok(Replaced::Yes)
    }

    async fn count_contents(&self, id: &WidgetId) -> Result<WidgetContents, StoreError> {
        let (businesses, connections, secret_keys) = sqlx::query_as(
            "SELECT (SELECT count(*) FROM businesses WHERE widget_id = ?1),
                    (SELECT count(*) FROM connections c JOIN businesses b ON b.id = c.business_id
                     WHERE b.widget_id = ?1 AND c.standing <> 'unproven'),
                    (SELECT count(*) FROM secret_keys WHERE widget_id = ?1)",
        )
        .bind(id.as_str())
        .fetch_one(&self.pool)
        .await?;
        Ok(WidgetContents { businesses, connections, secret_keys })
    }

    async fn delete_widget(&self, id: &WidgetId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM widgets WHERE id = ?").bind(id.as_str()).execute(&self.pool).await?;
        Ok(())
    }

    async fn has_origin(&self, any_of: &[OriginPattern]) -> Result<bool, StoreError> {
        for pattern in any_of {
            let found: Option<i64> =
                sqlx::query_scalar("SELECT 1 FROM widget_origins WHERE origin = ? LIMIT 1")
                    .bind(pattern.to_string())
                    .fetch_optional(&self.pool)
                    .await?;
            if found.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
