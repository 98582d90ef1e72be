//! A visit as a row, which is read by its own id and beside a session's.

use railz_connect_contract::{BusinessUuid, ServiceName, WidgetId};

use super::row::At;
use crate::domain::visit::{SessionKind, Visit, VisitId};
use crate::domain::visit_settings::VisitSettings;
use crate::store::StoreError;

/// The columns of a visit.
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
        let session_kind = SessionKind::from_word(&row.strength);
        let session_kind =
            session_kind.ok_or_else(|| at.impossible_row("strength", row.strength.as_str()))?;
        let services: Option<Vec<ServiceName>> =
            row.services.map(|json| at.json("services", &json)).transpose()?;
        let metadata = row.metadata.map(|json| at.json("metadata", &json)).transpose()?;
        let created_at = at.moment("created_at", row.created_at)?;
        Ok(Self {
            id: VisitId::new(row.id),
            widget: WidgetId::new(row.widget_id),
            business: BusinessUuid::new(row.business_id),
            session_kind,
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
