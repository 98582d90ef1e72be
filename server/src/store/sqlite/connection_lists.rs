//! Connections as back ends list them, and how back ends end them.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{BusinessName, ConnectionId, ConnectionState};
use sqlx::{QueryBuilder, Sqlite as Database};

use super::business_lists::shown;
use super::connection_row::ConnectionRow;
use super::row::{At, to_milliseconds};
use super::{BEGIN, Sqlite, credentials, pending_choices};
use crate::domain::business_list::{ListedPage, Page};
use crate::domain::connection::Connection;
use crate::domain::connection_list::{ConnectionFilter, DisconnectOutcome, ListedConnection};
use crate::domain::widget::Widget;
use crate::store::{Companies, ConnectionLists, StoreError};

/// Each status that a connection can have, with its word.
const STATUSES: [(&str, ConnectionState); 4] = [
    ("active", ConnectionState::Active),
    ("pending", ConnectionState::Pending),
    ("expired", ConnectionState::Expired),
    ("disconnected", ConnectionState::Disconnected),
];

#[derive(sqlx::FromRow)]
struct ListedConnectionRow {
    #[sqlx(flatten)]
    connection: ConnectionRow,
    business_name: String,
    status: String,
    disconnect_reason: Option<String>,
}

impl TryFrom<ListedConnectionRow> for ListedConnection {
    type Error = StoreError;

    fn try_from(row: ListedConnectionRow) -> Result<Self, StoreError> {
        let connection = Connection::try_from(row.connection)?;
        let at = At { table: "connections", id: connection.id.as_str() };
        let status = STATUSES.iter().find(|(word, _)| *word == row.status);
        let (_, status) = *at.require("standing", status)?;
        Ok(Self {
            status,
            business_name: BusinessName::new(row.business_name),
            disconnect_reason: row.disconnect_reason,
            binding: None,
            connection,
        })
    }
}

/// `SELECT …` of the connections of a widget for which the filter holds; `columns` are of the inner `listed`.
fn select(
    columns: &str,
    widget: &Widget,
    filter: &ConnectionFilter,
    now: Timestamp,
) -> QueryBuilder<Database> {
    let now = to_milliseconds(now);
    let mut query = QueryBuilder::new(format!(
        "SELECT {columns} FROM (
             SELECT c.rowid AS number, c.id, c.business_id, c.service, c.kind, c.channel, c.standing, c.authorised_at,
                 c.expires_at, c.signed_in_visit, c.tied_by, c.tied_at, c.created_at, c.disconnect_reason, b.name AS business_name, d.company_id, d.entity,
                 d.service_data ->> '$.institution.name' AS institution_name,
                 CASE WHEN c.standing = 'active' AND c.expires_at > "
    ));
    query.push_bind(now);
    query.push(
        " THEN 'active'
                      WHEN EXISTS (SELECT 1 FROM pending_choices p WHERE p.connection_id = c.id
                                   AND p.attempt_id IS NOT NULL AND p.expires_at > ",
    );
    query.push_bind(now);
    query.push(format!(
        ") THEN 'pending'
                      WHEN c.standing = 'active' THEN 'expired'
                      WHEN c.standing = 'disconnected' THEN 'disconnected' END AS status
             FROM businesses b JOIN connections c ON c.business_id = b.id
             LEFT JOIN company_bindings d ON d.connection_id = c.id
             WHERE {} AND b.widget_id = ",
        shown(widget.mode)
    ));
    query.push_bind(widget.id.as_str());
    query.push(") AS listed WHERE status IS NOT NULL");
    for (column, value) in [
        ("id", filter.id.as_ref().map(ConnectionId::as_str)),
        ("business_id", filter.business_uuid.as_deref()),
        ("business_name", filter.business_name.as_deref()),
        ("service", filter.service.as_deref()),
        ("institution_name", filter.institution_name.as_deref()),
        ("company_id", filter.account_id.as_deref()),
        ("entity", filter.entity_id.as_deref()),
    ] {
        if let Some(value) = value {
            query.push(format!(" AND {column} = ")).push_bind(value);
        }
    }
    if !filter.statuses.is_empty() {
        query.push(" AND status IN (");
        let mut list = query.separated(", ");
        for (word, status) in STATUSES {
            if filter.statuses.contains(&status) {
                list.push_bind(word);
            }
        }
        query.push(")");
    }
    query
}

const COLUMNS: &str = "id, business_id, service, kind, channel, standing, authorised_at, expires_at, \
                       signed_in_visit, tied_by, tied_at, created_at, disconnect_reason, business_name, status";

#[async_trait]
impl ConnectionLists for Sqlite {
    async fn list_connections(
        &self,
        widget: &Widget,
        filter: &ConnectionFilter,
        page: Page,
        now: Timestamp,
    ) -> Result<ListedPage<ListedConnection>, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let count =
            select("count(*)", widget, filter, now).build_query_scalar().fetch_one(&mut *transaction).await?;
        let mut query = select(COLUMNS, widget, filter, now);
        query.push(" ORDER BY created_at, number LIMIT ").push_bind(page.limit);
        query.push(" OFFSET ").push_bind(page.offset);
        let rows: Vec<ListedConnectionRow> = query.build_query_as().fetch_all(&mut *transaction).await?;
        drop(transaction);
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let listed = ListedConnection::try_from(row)?;
            let binding = self.binding(&listed.connection.id).await?;
            entries.push(ListedConnection { binding, ..listed });
        }
        Ok(ListedPage { count, entries })
    }

    async fn disconnect_at_wish(
        &self,
        id: &ConnectionId,
        now: Timestamp,
    ) -> Result<DisconnectOutcome, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let standing: Option<String> = sqlx::query_scalar("SELECT standing FROM connections WHERE id = ?")
            .bind(id.as_str())
            .fetch_optional(&mut *transaction)
            .await?;
        match standing.as_deref() {
            Some("active") => {}
            Some("disconnected") => return Ok(DisconnectOutcome::Already),
            _ => return Ok(DisconnectOutcome::NeverAuthorized),
        }
        sqlx::query(
            "UPDATE connections SET standing = 'disconnected', expires_at = ?,
                 disconnect_reason = 'disconnectedByCustomer'
             WHERE id = ?",
        )
        .bind(to_milliseconds(now))
        .bind(id.as_str())
        .execute(&mut *transaction)
        .await?;
        credentials::forget(&mut transaction, id).await?;
        pending_choices::close(&mut transaction, id).await?;
        transaction.commit().await?;
        Ok(DisconnectOutcome::Yes)
    }

    async fn delete_connection(&self, id: &ConnectionId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM connections WHERE id = ?").bind(id.as_str()).execute(&self.pool).await?;
        Ok(())
    }
}
