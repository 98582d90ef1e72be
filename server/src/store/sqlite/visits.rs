//! Visits.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::WidgetId;
use sqlx::SqliteConnection;

use super::row::{At, to_milliseconds};
use super::visit_row::VisitRow;
use super::{BEGIN, Sqlite, sessions};
use crate::domain::session::Session;
use crate::domain::visit::{Visit, VisitId};
use crate::store::{Replaced, StoreError, Visits};

/// Services and metadata as their columns keep them.
fn json_columns(visit: &Visit) -> Result<(Option<String>, Option<String>), StoreError> {
    let at = At { table: "visits", id: visit.id.as_str() };
    let services = visit.settings.services.as_ref().map(|services| at.to_json("services", services));
    let metadata = visit.settings.metadata.as_ref().map(|metadata| at.to_json("metadata", metadata));
    Ok((services.transpose()?, metadata.transpose()?))
}

/// Stores a new visit.
pub(super) async fn insert(connection: &mut SqliteConnection, visit: &Visit) -> Result<(), StoreError> {
    let (services, metadata) = json_columns(visit)?;
    sqlx::query(
        "INSERT INTO visits (id, widget_id, business_id, strength, origin, success_url, redirect_url, state,
                             services, metadata, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(visit.id.as_str())
    .bind(visit.widget.as_str())
    .bind(visit.business.as_str())
    .bind(visit.session_kind.word())
    .bind(visit.origin.as_deref())
    .bind(visit.settings.success_url.as_deref())
    .bind(visit.settings.redirect_url.as_deref())
    .bind(visit.settings.state.as_deref())
    .bind(services)
    .bind(metadata)
    .bind(to_milliseconds(visit.created_at))
    .execute(connection)
    .await?;
    Ok(())
}

#[async_trait]
impl Visits for Sqlite {
    async fn begin_visit(&self, visit: &Visit, session: &Session) -> Result<(), StoreError> {
        let mut transaction = self.unsynced_pool.begin_with(BEGIN).await?;
        insert(&mut transaction, visit).await?;
        sessions::put(&mut transaction, session).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn continue_visit(&self, visit: &Visit, session: &Session) -> Result<Replaced, StoreError> {
        let (services, metadata) = json_columns(visit)?;
        let mut transaction = self.unsynced_pool.begin_with(BEGIN).await?;
        let done = sqlx::query(
            "UPDATE visits SET success_url = ?, redirect_url = ?, state = ?, services = ?, metadata = ? WHERE id = ?",
        )
        .bind(visit.settings.success_url.as_deref())
        .bind(visit.settings.redirect_url.as_deref())
        .bind(visit.settings.state.as_deref())
        .bind(services)
        .bind(metadata)
        .bind(visit.id.as_str())
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(Replaced::Overtaken);
        }
        sessions::put(&mut transaction, session).await?;
        transaction.commit().await?;
        Ok(Replaced::Yes)
    }

    async fn visit(&self, widget: &WidgetId, id: &VisitId) -> Result<Option<Visit>, StoreError> {
        let row: Option<VisitRow> = sqlx::query_as(
            "SELECT id, widget_id, business_id, strength, origin, success_url, redirect_url, state, services, metadata,
                    created_at
             FROM visits WHERE id = ? AND widget_id = ?",
        )
        .bind(id.as_str())
        .bind(widget.as_str())
        .fetch_optional(&self.pool)
        .await?;
        row.map(Visit::try_from).transpose()
    }

    async fn drop_visits(&self, before: Timestamp) -> Result<u64, StoreError> {
        let done = sqlx::query(
            "DELETE FROM visits WHERE created_at <= ?
             AND NOT EXISTS (SELECT 1 FROM sessions WHERE visit_id = visits.id)
             AND NOT EXISTS (SELECT 1 FROM attempts WHERE visit_id = visits.id)
             AND NOT EXISTS (SELECT 1 FROM hosted_links WHERE visit_id = visits.id)",
        )
        .bind(to_milliseconds(before))
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected())
    }
}
