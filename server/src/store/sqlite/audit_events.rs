//! The audit. Triggers refuse every change of it, and every deletion but the sweep's.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{BusinessUuid, ConnectionId, WidgetId};
use sqlx::{QueryBuilder, Sqlite as Database};

use super::row::{At, to_milliseconds};
use super::{BEGIN, Sqlite};
use crate::domain::audit_event::{AuditAction, AuditEvent, AuditEventId, AuditOutcome};
use crate::domain::audit_list::{AuditFilter, ListedAuditEvent};
use crate::domain::business_list::{ListedPage, Page};
use crate::store::{AuditEvents, StoreError};

#[derive(sqlx::FromRow)]
struct AuditRow {
    number: i64,
    id: String,
    occurred_at: i64,
    action: String,
    outcome: String,
    status: Option<i64>,
    actor: String,
    actor_id: Option<String>,
    widget_id: Option<String>,
    business_id: Option<String>,
    connection_id: Option<String>,
    subject: Option<String>,
    address: Option<String>,
    origin: Option<String>,
    detail: Option<String>,
    count: i64,
}

impl TryFrom<AuditRow> for ListedAuditEvent {
    type Error = StoreError;

    fn try_from(row: AuditRow) -> Result<Self, StoreError> {
        let at = At { table: "audit_events", id: &row.id };
        let occurred_at = at.moment("occurred_at", row.occurred_at)?;
        let status = row.status.map(u16::try_from).transpose();
        let status = status.map_err(|_| at.impossible_row("status", "is none of HTTP"))?;
        Ok(Self {
            number: row.number,
            id: AuditEventId::new(row.id),
            occurred_at,
            action: row.action,
            outcome: row.outcome,
            status,
            actor: row.actor,
            actor_id: row.actor_id,
            widget: row.widget_id.map(WidgetId::new),
            business: row.business_id.map(BusinessUuid::new),
            connection: row.connection_id.map(ConnectionId::new),
            subject: row.subject,
            address: row.address,
            origin: row.origin,
            detail: row.detail,
            count: row.count,
        })
    }
}

const COLUMNS: &str = "number, id, occurred_at, action, outcome, status, actor, actor_id, widget_id, business_id, \
                       connection_id, subject, address, origin, detail, count";

fn select(columns: &str, filter: &AuditFilter) -> QueryBuilder<Database> {
    let mut query = QueryBuilder::new(format!("SELECT {columns} FROM audit_events WHERE true"));
    let named = [
        ("widget_id", &filter.widget),
        ("business_id", &filter.business),
        ("connection_id", &filter.connection),
    ];
    for (column, value) in named {
        if let Some(value) = value {
            query.push(format!(" AND {column} = ")).push_bind(value);
        }
    }
    let actions: Vec<_> = filter.actions.iter().copied().map(AuditAction::word).collect();
    let outcomes: Vec<_> = filter.outcomes.iter().copied().map(AuditOutcome::word).collect();
    for (column, words) in [("action", actions), ("outcome", outcomes)] {
        if !words.is_empty() {
            query.push(format!(" AND {column} IN ("));
            let mut list = query.separated(", ");
            for word in words {
                list.push_bind(word);
            }
            query.push(")");
        }
    }
    if let Some(since) = filter.since {
        query.push(" AND occurred_at >= ").push_bind(to_milliseconds(since));
    }
    if let Some(until) = filter.until {
        query.push(" AND occurred_at < ").push_bind(to_milliseconds(until));
    }
    query
}

fn to_events(rows: Vec<AuditRow>) -> Result<Vec<ListedAuditEvent>, StoreError> {
    rows.into_iter().map(ListedAuditEvent::try_from).collect()
}

#[async_trait]
impl AuditEvents for Sqlite {
    async fn add_audit_event(&self, event: &AuditEvent) -> Result<(), StoreError> {
        let business = event.business.as_ref().map(BusinessUuid::as_str);
        let pool = if event.is_bounded() { &self.unsynced_pool } else { &self.pool };
        sqlx::query(
            "INSERT INTO audit_events (occurred_at, action, outcome, status, actor, actor_id, widget_id, business_id,
                 connection_id, subject, address, origin, detail, count, is_bounded)
             VALUES (?, ?, ?, ?, ?, ?, coalesce(?, (SELECT widget_id FROM businesses WHERE id = ?)), ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(to_milliseconds(event.occurred_at))
        .bind(event.action.word())
        .bind(event.outcome.word())
        .bind(event.status)
        .bind(event.actor.word())
        .bind(event.actor.id())
        .bind(event.widget.as_ref().map(WidgetId::as_str))
        .bind(business)
        .bind(business)
        .bind(event.connection.as_ref().map(ConnectionId::as_str))
        .bind(&event.subject)
        .bind(&event.address)
        .bind(&event.origin)
        .bind(&event.detail)
        .bind(i64::try_from(event.count).unwrap_or(i64::MAX))
        .bind(event.is_by_stranger())
        .execute(pool)
        .await?;
        Ok(())
    }

    async fn list_audit_events(
        &self,
        filter: &AuditFilter,
        page: Page,
    ) -> Result<ListedPage<ListedAuditEvent>, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let count = select("count(*)", filter).build_query_scalar().fetch_one(&mut *transaction).await?;
        let mut query = select(COLUMNS, filter);
        query.push(" ORDER BY number LIMIT ").push_bind(page.limit);
        query.push(" OFFSET ").push_bind(page.offset);
        let rows = query.build_query_as().fetch_all(&mut *transaction).await?;
        Ok(ListedPage { count, entries: to_events(rows)? })
    }

    async fn audit_events_after(&self, number: i64, most: u32) -> Result<Vec<ListedAuditEvent>, StoreError> {
        let mut query =
            QueryBuilder::<Database>::new(format!("SELECT {COLUMNS} FROM audit_events WHERE number > "));
        query.push_bind(number);
        query.push(" ORDER BY number LIMIT ").push_bind(most);
        to_events(query.build_query_as().fetch_all(&self.pool).await?)
    }

    async fn newest_audit_event(&self) -> Result<i64, StoreError> {
        let newest = sqlx::query_scalar("SELECT coalesce(max(number), 0) FROM audit_events");
        Ok(newest.fetch_one(&self.pool).await?)
    }

    async fn drop_audit_events(&self, before: Timestamp, most_by_strangers: u32) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        sqlx::query("INSERT INTO audit_sweeping (one) VALUES (1)").execute(&mut *transaction).await?;
        let old = sqlx::query("DELETE FROM audit_events WHERE occurred_at < ?")
            .bind(to_milliseconds(before))
            .execute(&mut *transaction)
            .await?;
        let too_many = sqlx::query(
            "DELETE FROM audit_events WHERE is_bounded = 1 AND number <=
                 (SELECT number FROM audit_events WHERE is_bounded = 1 ORDER BY number DESC LIMIT 1 OFFSET ?)",
        )
        .bind(most_by_strangers)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("DELETE FROM audit_sweeping").execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(old.rows_affected() + too_many.rows_affected())
    }
}
