//! The rows of what happened, which the database's triggers write.

use railz_connect_contract::{
    BusinessName, BusinessUuid, ConnectionId, ConnectionState, EntityRef, ServiceAccountRef, ServiceName,
    WidgetId,
};
use serde_json::Value;

use super::connection_row;
use super::row::At;
use crate::domain::webhook::{EventId, EventKind};
use crate::domain::webhook_event::{Occurrence, StatusChange, ToldConnection, WebhookEvent};
use crate::domain::webhook_metadata::placeable;
use crate::store::StoreError;

#[derive(sqlx::FromRow)]
pub(super) struct WebhookEventRow {
    event_id: String,
    event_widget_id: String,
    event: String,
    business_id: String,
    business_name: String,
    connection_id: Option<String>,
    service: Option<String>,
    is_mock_data: bool,
    account_id: Option<String>,
    entity_id: Option<String>,
    business_metadata: Option<String>,
    visit_metadata: Option<String>,
    connection_metadata: Option<String>,
    old_status: Option<String>,
    new_status: Option<String>,
    reason: Option<String>,
    occurred_at: Option<i64>,
    tied_by: Option<String>,
}

impl TryFrom<WebhookEventRow> for WebhookEvent {
    type Error = StoreError;

    fn try_from(row: WebhookEventRow) -> Result<Self, StoreError> {
        let at = At { table: "webhook_events", id: &row.event_id };
        let kind: EventKind =
            row.event.parse().map_err(|_| at.impossible_row("event", row.event.as_str()))?;
        let connection = || -> Result<ToldConnection, StoreError> {
            let entity_ref = row.entity_id.clone().map(|id| EntityRef { id });
            let id = at.require("connection_id", row.connection_id.clone())?;
            let service = at.require("service", row.service.clone())?;
            let tie = at.require("tied_by", connection_row::tie(row.tied_by.as_deref()))?;
            Ok(ToldConnection {
                id: ConnectionId::new(id),
                service: ServiceName::new(service),
                is_mock_data: row.is_mock_data,
                tie,
                account: row
                    .account_id
                    .clone()
                    .map(|id| ServiceAccountRef { id: Some(id), entity_ref: entity_ref.clone() }),
            })
        };
        let occurrence = match kind {
            EventKind::Login => Occurrence::Login(connection()?),
            EventKind::Auth => Occurrence::Auth(connection()?),
            EventKind::ConnectionStatus => {
                let change = StatusChange {
                    old: status(at, "old_status", row.old_status.clone())?,
                    new: status(at, "new_status", row.new_status.clone())?,
                    reason: row.reason.clone(),
                };
                Occurrence::ConnectionStatus(connection()?, change)
            }
            EventKind::ConnectionRemoved => Occurrence::ConnectionRemoved(connection()?),
            EventKind::BusinessRemoved => Occurrence::BusinessRemoved,
        };
        let occurred_at = at.moment("occurred_at", at.require("occurred_at", row.occurred_at)?)?;
        // What the back end said later goes before.
        let back_end = [
            ("visit_metadata", row.visit_metadata.as_ref()),
            ("business_metadata", row.business_metadata.as_ref()),
        ];
        let back_end: Vec<Value> = back_end
            .into_iter()
            .filter_map(|(column, json)| json.map(|json| at.json(column, json)))
            .collect::<Result<_, _>>()?;
        let page: Option<Value> =
            row.connection_metadata.as_ref().map(|json| at.json("connection_metadata", json)).transpose()?;
        Ok(Self {
            id: EventId::new(row.event_id),
            widget: WidgetId::new(row.event_widget_id),
            business: BusinessUuid::new(row.business_id),
            business_name: BusinessName::new(row.business_name),
            occurrence,
            occurred_at,
            metadata: placeable(&back_end, page.as_ref()),
        })
    }
}

fn status(at: At<'_>, column: &'static str, word: Option<String>) -> Result<ConnectionState, StoreError> {
    let word = at.require(column, word)?;
    match serde_json::from_value(Value::String(word.clone())) {
        Ok(ConnectionState::Unknown) | Err(_) => Err(at.impossible_row(column, word)),
        Ok(status) => Ok(status),
    }
}
