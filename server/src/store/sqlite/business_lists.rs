//! Businesses as back ends list them.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{BusinessName, BusinessUuid, ServiceName, WidgetId};
use serde_json::Value;
use sqlx::{QueryBuilder, Sqlite as Database};

use super::businesses::{BusinessRow, is_name_taken};
use super::row::{At, to_milliseconds};
use super::{BEGIN, Sqlite};
use crate::domain::business::Business;
use crate::domain::business_list::{
    BusinessFilter, BusinessStatus, ListedBusiness, ListedPage, Page, RenameOutcome,
};
use crate::domain::folded_name::fold;
use crate::domain::widget::{Mode, Widget};
use crate::store::{Added, BusinessLists, StoreError};

#[derive(sqlx::FromRow)]
struct ListedBusinessRow {
    #[sqlx(flatten)]
    business: BusinessRow,
    metadata: Option<String>,
    status: String,
}

impl TryFrom<ListedBusinessRow> for ListedBusiness {
    type Error = StoreError;

    fn try_from(row: ListedBusinessRow) -> Result<Self, StoreError> {
        let business = Business::try_from(row.business)?;
        let at = At { table: "businesses", id: business.id.as_str() };
        let metadata = row.metadata.map(|json| at.json("metadata", &json)).transpose()?;
        let status = BusinessStatus::ALL.into_iter().find(|status| status.word() == row.status);
        let status = at.require("status", status)?;
        Ok(Self { business, status, metadata })
    }
}

/// Which connections, as `c`, a widget shows: a live one no sandbox.
pub(super) fn shown(mode: Mode) -> &'static str {
    match mode {
        Mode::Sandbox => "true",
        Mode::Live => "(c.channel = 'service' AND c.service <> 'railzSandbox')",
    }
}

/// `SELECT …` of the businesses of a widget for which the filter holds; `columns` are of the inner `listed`.
fn select(columns: &str, widget: &Widget, filter: &BusinessFilter, now: Timestamp) -> QueryBuilder<Database> {
    let shown = shown(widget.mode);
    let mut query = QueryBuilder::new(format!(
        "SELECT {columns} FROM (
             SELECT b.rowid AS number, b.id, b.widget_id, b.name, b.created_at, b.metadata,
                 CASE WHEN NOT EXISTS (SELECT 1 FROM connections c
                                       WHERE c.business_id = b.id AND c.standing <> 'unproven' AND {shown}) THEN 'new'
                      WHEN EXISTS (SELECT 1 FROM connections c
                                   WHERE c.business_id = b.id AND c.standing = 'active' AND {shown}
                                   AND c.expires_at > "
    ));
    query.push_bind(to_milliseconds(now));
    query.push(
        ") THEN 'active'
                      ELSE 'inactive' END AS status
             FROM businesses b WHERE b.widget_id = ",
    );
    query.push_bind(widget.id.as_str());
    query.push(") AS listed WHERE true");
    if let Some(name) = &filter.name {
        query.push(" AND name = ").push_bind(name);
    }
    if let Some(either) = &filter.name_or_uuid {
        query.push(" AND (name = ").push_bind(either).push(" OR id = ").push_bind(either).push(")");
    }
    if let Some(services) = &filter.services {
        query.push(format!(
            " AND EXISTS (SELECT 1 FROM connections c WHERE c.business_id = listed.id AND c.channel = 'service'
                          AND c.standing <> 'unproven' AND {shown} AND c.service IN ("
        ));
        let mut list = query.separated(", ");
        for service in services {
            list.push_bind(ServiceName::as_str(service));
        }
        query.push("))");
    }
    if !filter.statuses.is_empty() {
        query.push(" AND status IN (");
        let mut list = query.separated(", ");
        for status in &filter.statuses {
            list.push_bind(status.word());
        }
        query.push(")");
    }
    query
}

const COLUMNS: &str = "id, widget_id, name, created_at, metadata, status";

#[async_trait]
impl BusinessLists for Sqlite {
    async fn add_lasting_business(
        &self,
        business: &Business,
        metadata: Option<&Value>,
    ) -> Result<Added, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        if is_name_taken(&mut transaction, &business.widget, &business.id, &business.name).await? {
            return Ok(Added::Taken);
        }
        let done = sqlx::query(
            "INSERT INTO businesses (id, widget_id, name, created_at, folded_name, made_by, metadata)
             VALUES (?, ?, ?, ?, ?, 'back_end', ?) ON CONFLICT DO NOTHING",
        )
        .bind(business.id.as_str())
        .bind(business.widget.as_str())
        .bind(business.name.as_str())
        .bind(to_milliseconds(business.created_at))
        .bind(fold(&business.name))
        .bind(metadata.map(Value::to_string))
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(if done.rows_affected() == 0 { Added::Taken } else { Added::New })
    }

    async fn list_businesses(
        &self,
        widget: &Widget,
        filter: &BusinessFilter,
        page: Page,
        now: Timestamp,
    ) -> Result<ListedPage<ListedBusiness>, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let count =
            select("count(*)", widget, filter, now).build_query_scalar().fetch_one(&mut *transaction).await?;
        let mut query = select(COLUMNS, widget, filter, now);
        query.push(" ORDER BY created_at, number LIMIT ").push_bind(page.limit);
        query.push(" OFFSET ").push_bind(page.offset);
        let rows: Vec<ListedBusinessRow> = query.build_query_as().fetch_all(&mut *transaction).await?;
        let entries = rows.into_iter().map(ListedBusiness::try_from).collect::<Result<_, _>>()?;
        Ok(ListedPage { count, entries })
    }

    async fn listed_business(
        &self,
        widget: &Widget,
        id: &BusinessUuid,
        now: Timestamp,
    ) -> Result<Option<ListedBusiness>, StoreError> {
        let filter = BusinessFilter::default();
        let mut query = select(COLUMNS, widget, &filter, now);
        query.push(" AND id = ").push_bind(id.as_str());
        let row: Option<ListedBusinessRow> = query.build_query_as().fetch_optional(&self.pool).await?;
        row.map(ListedBusiness::try_from).transpose()
    }

    async fn rename_business(
        &self,
        widget: &WidgetId,
        id: &BusinessUuid,
        name: &BusinessName,
    ) -> Result<RenameOutcome, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        if !is_name_taken(&mut transaction, widget, id, name).await? {
            let done = sqlx::query(
                "UPDATE OR IGNORE businesses SET name = ?, folded_name = ? WHERE widget_id = ? AND id = ?",
            )
            .bind(name.as_str())
            .bind(fold(name))
            .bind(widget.as_str())
            .bind(id.as_str())
            .execute(&mut *transaction)
            .await?;
            if done.rows_affected() == 1 {
                transaction.commit().await?;
                return Ok(RenameOutcome::Yes);
            }
        }
        let found: Option<i64> =
            sqlx::query_scalar("SELECT 1 FROM businesses WHERE widget_id = ? AND id = ?")
                .bind(widget.as_str())
                .bind(id.as_str())
                .fetch_optional(&mut *transaction)
                .await?;
        Ok(if found.is_some() { RenameOutcome::Taken } else { RenameOutcome::Unknown })
    }

    async fn delete_business(&self, widget: &WidgetId, id: &BusinessUuid) -> Result<bool, StoreError> {
        let done = sqlx::query("DELETE FROM businesses WHERE widget_id = ? AND id = ?")
            .bind(widget.as_str())
            .bind(id.as_str())
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }
}
