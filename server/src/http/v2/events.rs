//! `GET /v2/events`: who did what, when, from where, to which business, with what outcome.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use jiff::Timestamp;
use railz_connect_contract::{BusinessUuid, ConnectionId};
use serde::Serialize;
use utoipa::ToSchema;

use super::error::ApiError;
use super::list_query::{ListQuery, ListQueryError};
use super::listed::{self, ListAnswer};
use super::openapi::schemas::{ActionWord, ActorWord, MomentText, OutcomeWord, PageQuery};
use super::secret_key_bearer::SecretKeyBearer;
use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::audit_event::{AuditAction, AuditEventId, AuditOutcome};
use crate::domain::audit_list::{AuditFilter, ListedAuditEvent};
use crate::domain::secret_key::Scope;

/// The filters of the list.
const FILTERS: [&str; 6] = ["businessUuid", "connectionId", "action", "outcome", "since", "until"];

/// A line of the audit as it travels.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct AuditItem {
    #[schema(value_type = String)]
    event_id: AuditEventId,
    #[schema(format = DateTime)]
    occurred_at: String,
    #[schema(value_type = ActionWord)]
    action: String,
    #[schema(value_type = OutcomeWord)]
    outcome: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    status_code: Option<u16>,
    actor: ActorItem,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    business_uuid: Option<BusinessUuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    connection_id: Option<ConnectionId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    origin: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    detail: Option<String>,
    /// How many times.
    #[schema(minimum = 1)]
    count: i64,
}

#[derive(Serialize, ToSchema)]
struct ActorItem {
    #[schema(value_type = ActorWord)]
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
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
#[utoipa::path(
    get, path = "/v2/events", operation_id = "listEvents", tag = "Events",
    summary = "Lists who did what, oldest first",
    params(
        PageQuery,
        ("businessUuid" = Option<String>, Query, description = "About this business"),
        ("connectionId" = Option<String>, Query, description = "About this connection"),
        ("action" = Option<Vec<ActionWord>>, Query, description = "One of these"),
        ("outcome" = Option<Vec<OutcomeWord>>, Query, description = "One of these"),
        ("since" = Option<MomentText>, Query, description = "From this moment on"),
        ("until" = Option<MomentText>, Query, description = "Before this moment"),
    ),
    responses(
        (status = 200, body = ListAnswer<AuditItem>, description = "A page of them"),
        (status = 204, description = "There is none"),
    ),
    security(("secretKey" = ["read"])),
)]
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
