//! `GET /v2/events`: who did what, when, from where, to which business, with what outcome.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use jiff::Timestamp;
use railz_connect_contract::{BusinessUuid, ConnectionId};
use serde::Serialize;

use super::error::ApiError;
use super::list_query::{ListQuery, ListQueryError};
use super::listed;
use super::secret_key_bearer::SecretKeyBearer;
use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::audit_event::{AuditAction, AuditEventId, AuditFilter, AuditOutcome, ListedAuditEvent};
use crate::domain::secret_key::Scope;

/// The filters of the list.
const FILTERS: [&str; 6] = ["businessUuid", "connectionId", "action", "outcome", "since", "until"];

/// A line of the audit as it travels.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AuditItem {
    event_id: AuditEventId,
    occurred_at: String,
    action: String,
    outcome: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_code: Option<u16>,
    actor: ActorItem,
    #[serde(skip_serializing_if = "Option::is_none")]
    business_uuid: Option<BusinessUuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connection_id: Option<ConnectionId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    count: i64,
}

#[derive(Serialize)]
struct ActorItem {
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
}

impl From<ListedAuditEvent> for AuditItem {
    fn from(event: ListedAuditEvent) -> Self {
        Self {
            event_id: event.id,
            occurred_at: to_rfc3339(event.occurred_at),
            action: event.action,
            outcome: event.outcome,
            status_code: event.status,
            actor: ActorItem { kind: event.actor, id: event.actor_id },
            business_uuid: event.business,
            connection_id: event.connection,
            subject: event.subject,
            address: event.address,
            origin: event.origin,
            detail: event.detail,
            count: event.count,
        }
    }
}

/// Lists what was done through the key's own widget, oldest first.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    bearer.require(Scope::Read)?;
    let query = ListQuery::read(query.as_deref(), &FILTERS)?;
    let actions: Vec<_> = AuditAction::ALL.iter().map(|action| (action.word(), *action)).collect();
    let filter = AuditFilter {
        widget: Some(bearer.widget.id.to_string()),
        business: query.one("businessUuid")?,
        connection: query.one("connectionId")?,
        actions: query.words("action", &actions)?,
        outcomes: query.words("outcome", &AuditOutcome::ALL.map(|outcome| (outcome.word(), outcome)))?,
        since: moment(&query, "since")?,
        until: moment(&query, "until")?,
    };
    let found = app.store.list_audit_events(&filter, query.page()?).await?;
    Ok(listed::answer(found, AuditItem::from))
}

fn moment(query: &ListQuery, name: &'static str) -> Result<Option<Timestamp>, ListQueryError> {
    let read = |value: String| value.parse().map_err(|_| ListQueryError::Moment { name, value });
    query.one(name)?.map(read).transpose()
}
