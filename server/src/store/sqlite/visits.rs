//! Visits.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{BusinessUuid, ServiceName, WidgetId};

use super::row::{At, to_milliseconds};
use super::{BEGIN, Sqlite, sessions};
use crate::domain::session::Session;
use crate::domain::visit::{Strength, Visit, VisitId};
use crate::domain::visit_settings::VisitSettings;
use crate::store::{Replaced, StoreError, Visits};

/// The columns of a visit. `sessions.rs` reads them beside a session's.
#[derive(sqlx::FromRow)]
pub(super) struct VisitRow {
    id: String,
    widget_id: String,
    business_id: String,
    strength: String,
    origin: Option<String>,
    success_url: Option<String>,
    redirect_url: Option<String>,
    state: Option<String>,
    services: Option<String>,
    metadata: Option<String>,
    created_at: i64,
}

impl TryFrom<VisitRow> for Visit {
    type Error = StoreError;

    fn try_from(row: VisitRow) -> Result<Self, StoreError> {
        let at = At { table: "visits", id: &row.id };
        let strength = Strength::from_word(&row.strength);
        let strength = strength.ok_or_else(|| at.impossible_row("strength", row.strength.as_str()))?;
        let services: Option<Vec<ServiceName>> =
            row.services.map(|json| at.json("services", &json)).transpose()?;
        let metadata = row.metadata.map(|json| at.json("metadata", &json)).transpose()?;
        let created_at = at.moment("created_at", row.created_at)?;
        Ok(Self {
            id: VisitId::new(row.id),
            widget: WidgetId::new(row.widget_id),
            business: BusinessUuid::new(row.business_id),
            strength,
            origin: row.origin,
            settings: VisitSettings {
                success_url: row.success_url,
                redirect_url: row.redirect_url,
                state: row.state,
                services,
                metadata,
            },
            created_at,
        })
    }
}

/// Services and metadata as their columns keep them.
fn json_columns(visit: &Visit) -> Result<(Option<String>, Option<String>), StoreError> {
    let at = At { table: "visits", id: visit.id.as_str() };
    let services = visit.settings.services.as_ref().map(|services| at.to_json("services", services));
    let metadata = visit.settings.metadata.as_ref().map(|metadata| at.to_json("metadata", metadata));
    Ok((services.transpose()?, metadata.transpose()?))
}

#[async_trait]
impl Visits for Sqlite {
    async fn begin_visit(&self, visit: &Visit, session: &Session) -> Result<(), StoreError> {
        let (services, metadata) = json_columns(visit)?;
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        sqlx::query(
            "INSERT INTO visits (id, widget_id, business_id, strength, origin, success_url, redirect_url, state,
                                 services, metadata, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(visit.id.as_str())
        .bind(visit.widget.as_str())
        .bind(visit.business.as_str())
        .bind(visit.strength.word())
        .bind(visit.origin.as_deref())
        .bind(visit.settings.success_url.as_deref())
        .bind(visit.settings.redirect_url.as_deref())
        .bind(visit.settings.state.as_deref())
        .bind(services)
        .bind(metadata)
        .bind(to_milliseconds(visit.created_at))
        .execute(&mut *transaction)
        .await?;
        sessions::put(&mut transaction, session).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn continue_visit(&self, visit: &Visit, session: &Session) -> Result<Replaced, StoreError> {
        let (services, metadata) = json_columns(visit)?;
        let mut transaction = self.pool.begin_with(BEGIN).await?;
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
             AND NOT EXISTS (SELECT 1 FROM attempts WHERE visit_id = visits.id)",
        )
        .bind(to_milliseconds(before))
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected())
    }
}
