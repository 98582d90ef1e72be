//! Lines of the audit as they are listed, and which of them are wanted. What is written is `audit_event.rs`.

use jiff::Timestamp;
use railz_connect_contract::{BusinessUuid, ConnectionId, WidgetId};

use super::audit_event::{AuditAction, AuditEventId, AuditOutcome};

/// Which lines are listed: those for which all of it holds.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Of this widget; of all where nothing is said.
    pub widget: Option<String>,
    /// About this business.
    pub business: Option<String>,
    /// About this connection.
    pub connection: Option<String>,
    /// One of these actions; any where none is given.
    pub actions: Vec<AuditAction>,
    /// One of these outcomes; any where none is given.
    pub outcomes: Vec<AuditOutcome>,
    /// From this moment on.
    pub since: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
}

/// A line as it is listed: actor, action and outcome in their words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedAuditEvent {
    /// Its place: later lines have greater ones.
    pub number: i64,
    /// `AUD-<uuid>`.
    pub id: AuditEventId,
    /// When.
    pub occurred_at: Timestamp,
    /// What.
    pub action: String,
    /// How it ended.
    pub outcome: String,
    /// The status of the answer.
    pub status: Option<u16>,
    /// Who: the kind.
    pub actor: String,
    /// Who: which one of the kind.
    pub actor_id: Option<String>,
    /// Through which widget.
    pub widget: Option<WidgetId>,
    /// To which business.
    pub business: Option<BusinessUuid>,
    /// To which connection.
    pub connection: Option<ConnectionId>,
    /// To what else.
    pub subject: Option<String>,
    /// From where.
    pub address: Option<String>,
    /// From which page.
    pub origin: Option<String>,
    /// What is to be said beside.
    pub detail: Option<String>,
    /// How many times.
    pub count: i64,
}
