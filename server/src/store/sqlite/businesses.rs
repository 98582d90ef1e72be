//! Businesses.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{BusinessName, BusinessUuid, WidgetId};
use sqlx::SqliteConnection;

use super::row::{At, to_milliseconds};
use super::{BEGIN, Sqlite};
use crate::domain::business::Business;
use crate::domain::folded_name::fold;
use crate::store::{Added, Businesses, StoreError};

#[derive(sqlx::FromRow)]
pub(super) struct BusinessRow {
    id: String,
    widget_id: String,
    name: String,
    created_at: i64,
}

impl TryFrom<BusinessRow> for Business {
    type Error = StoreError;

    fn try_from(row: BusinessRow) -> Result<Self, StoreError> {
        let created_at = At { table: "businesses", id: &row.id }.moment("created_at", row.created_at)?;
        Ok(Self {
            id: BusinessUuid::new(row.id),
            widget: WidgetId::new(row.widget_id),
            name: BusinessName::new(row.name),
            created_at,
        })
    }
}

/// Whether another business of the widget than this one has the name, or one that looks like it.
pub(super) async fn is_name_taken(
    connection: &mut SqliteConnection,
    widget: &WidgetId,
    but: &BusinessUuid,
    name: &BusinessName,
) -> Result<bool, StoreError> {
    let alike: Option<i64> = sqlx::query_scalar(
        "SELECT 1 FROM businesses WHERE widget_id = ? AND folded_name = ? AND id <> ? LIMIT 1",
    )
    .bind(widget.as_str())
    .bind(fold(name))
    .bind(but.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(alike.is_some())
}

/// Folds the names of businesses that were stored before names were folded. Those that look alike stay two, and the one
/// that is named to the letter is found first, else the older one.
pub(super) async fn fold_older_names(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let older: Vec<(String, String)> =
        sqlx::query_as("SELECT id, name FROM businesses WHERE folded_name IS NULL")
            .fetch_all(&mut *connection)
            .await?;
    for (id, name) in older {
        sqlx::query("UPDATE businesses SET folded_name = ? WHERE id = ?")
            .bind(fold(&BusinessName::new(name)))
            .bind(id)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

#[async_trait]
impl Businesses for Sqlite {
    async fn business(&self, widget: &WidgetId, id: &BusinessUuid) -> Result<Option<Business>, StoreError> {
        let row: Option<BusinessRow> = sqlx::query_as(
            "SELECT id, widget_id, name, created_at FROM businesses WHERE widget_id = ? AND id = ?",
        )
        .bind(widget.as_str())
        .bind(id.as_str())
        .fetch_optional(&self.pool)
        .await?;
        row.map(Business::try_from).transpose()
    }

    async fn find_business(&self, id: &BusinessUuid) -> Result<Option<Business>, StoreError> {
        let row: Option<BusinessRow> =
            sqlx::query_as("SELECT id, widget_id, name, created_at FROM businesses WHERE id = ?")
                .bind(id.as_str())
                .fetch_optional(&self.pool)
                .await?;
        row.map(Business::try_from).transpose()
    }

    async fn find_business_by_name(
        &self,
        widget: &WidgetId,
        name: &BusinessName,
    ) -> Result<Option<Business>, StoreError> {
        let row: Option<BusinessRow> = sqlx::query_as(
            "SELECT id, widget_id, name, created_at FROM businesses WHERE widget_id = ? AND folded_name = ?
             ORDER BY name <> ?, created_at, id LIMIT 1",
        )
        .bind(widget.as_str())
        .bind(fold(name))
        .bind(name.as_str())
        .fetch_optional(&self.pool)
        .await?;
        row.map(Business::try_from).transpose()
    }

    async fn add_business(&self, business: &Business) -> Result<Added, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        if is_name_taken(&mut transaction, &business.widget, &business.id, &business.name).await? {
            return Ok(Added::Taken);
        }
        let done = sqlx::query(
            "INSERT INTO businesses (id, widget_id, name, created_at, folded_name) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
        )
        .bind(business.id.as_str())
        .bind(business.widget.as_str())
        .bind(business.name.as_str())
        .bind(to_milliseconds(business.created_at))
        .bind(fold(&business.name))
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(if done.rows_affected() == 0 { Added::Taken } else { Added::New })
    }

    async fn drop_unconnected(&self, before: Timestamp, now: Timestamp) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let forgotten: Vec<(String, String)> = sqlx::query_as(
            "DELETE FROM businesses WHERE created_at <= ? AND made_by = 'widget'
             AND NOT EXISTS (SELECT 1 FROM connections
                             WHERE business_id = businesses.id AND standing <> 'unproven')
             AND NOT EXISTS (SELECT 1 FROM visits v JOIN sessions s ON s.visit_id = v.id
                             WHERE v.business_id = businesses.id)
             AND NOT EXISTS (SELECT 1 FROM attempts a JOIN connections c ON c.id = a.connection_id
                             WHERE c.business_id = businesses.id AND a.stage <> 'ended' AND a.expires_at > ?)
             AND NOT EXISTS (SELECT 1 FROM visits v JOIN hosted_links l ON l.visit_id = v.id
                             WHERE v.business_id = businesses.id)
             RETURNING id, widget_id",
        )
        .bind(to_milliseconds(before))
        .bind(to_milliseconds(now))
        .fetch_all(&mut *transaction)
        .await?;
        for (business, widget) in &forgotten {
            sqlx::query(
                "INSERT INTO audit_events (occurred_at, action, outcome, actor, widget_id, business_id, detail, is_bounded)
                 VALUES (?, 'deleteBusiness', 'done', 'server', ?, ?, 'it connected nothing', 1)",
            )
            .bind(to_milliseconds(now))
            .bind(widget)
            .bind(business)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(u64::try_from(forgotten.len()).unwrap_or(u64::MAX))
    }
}
