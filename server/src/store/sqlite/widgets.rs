//! Widgets and their origins.

use async_trait::async_trait;
use railz_connect_contract::WidgetId;

use super::row::{At, to_milliseconds};
use super::{BEGIN, Sqlite};
use crate::domain::origin::OriginPattern;
use crate::domain::widget::{Mode, Widget};
use crate::store::{Added, StoreError, Widgets};

#[derive(sqlx::FromRow)]
struct WidgetRow {
    id: String,
    name: String,
    email: String,
    mode: String,
    created_at: i64,
}

impl TryFrom<(WidgetRow, Vec<String>)> for Widget {
    type Error = StoreError;

    fn try_from((row, origins): (WidgetRow, Vec<String>)) -> Result<Self, StoreError> {
        let at = At { table: "widgets", id: &row.id };
        let mode = match row.mode.as_str() {
            "sandbox" => Mode::Sandbox,
            "live" => Mode::Live,
            other => return Err(at.impossible_row("mode", other)),
        };
        let created_at = at.moment("created_at", row.created_at)?;
        let origins =
            origins.into_iter().map(|origin| origin_of(&row.id, &origin)).collect::<Result<_, _>>()?;
        Ok(Self { id: WidgetId::new(row.id), name: row.name, email: row.email, mode, origins, created_at })
    }
}

fn origin_of(widget: &str, text: &str) -> Result<OriginPattern, StoreError> {
    let at = At { table: "widget_origins", id: widget };
    text.parse().map_err(|refused: crate::domain::origin::OriginError| at.impossible_row("origin", refused.0))
}

#[async_trait]
impl Widgets for Sqlite {
    async fn add_widget(&self, widget: &Widget) -> Result<Added, StoreError> {
        let mode = match widget.mode {
            Mode::Sandbox => "sandbox",
            Mode::Live => "live",
        };
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let done = sqlx::query(
            "INSERT INTO widgets (id, name, email, mode, created_at) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
        )
        .bind(widget.id.as_str())
        .bind(&widget.name)
        .bind(&widget.email)
        .bind(mode)
        .bind(to_milliseconds(widget.created_at))
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(Added::Taken);
        }
        for origin in &widget.origins {
            sqlx::query(
                "INSERT INTO widget_origins (widget_id, origin) VALUES (?, ?) ON CONFLICT DO NOTHING",
            )
            .bind(widget.id.as_str())
            .bind(origin.to_string())
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(Added::New)
    }

    async fn widget(&self, id: &WidgetId) -> Result<Option<Widget>, StoreError> {
        let row: Option<WidgetRow> =
            sqlx::query_as("SELECT id, name, email, mode, created_at FROM widgets WHERE id = ?")
                .bind(id.as_str())
                .fetch_optional(&self.pool)
                .await?;
        let Some(row) = row else { return Ok(None) };
        let origins = sqlx::query_scalar("SELECT origin FROM widget_origins WHERE widget_id = ?")
            .bind(id.as_str())
            .fetch_all(&self.pool)
            .await?;
        Widget::try_from((row, origins)).map(Some)
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
