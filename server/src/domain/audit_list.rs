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

/// A line as it is listed: actor, action and outcome in their words, as older versions wrote them too. [`AuditEvent`] says more of
/// each field.
///
/// [`AuditEvent`]: super::audit_event::AuditEvent
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedAuditEvent {
    /// Its place: later lines have greater ones.
    pub number: i64,
    /// `AUD-<uuid>`.
    pub id: AuditEventId,
    /// When it was done, in UTC.
    pub occurred_at: Timestamp,
    /// What was done: the word of an `AuditAction`.
    pub action: String,
    /// How it ended: the word of an `AuditOutcome`.
    pub outcome: String,
    /// The HTTP status of the answer, where a call was answered.
    pub status: Option<u16>,
    /// The kind of who did it: a word of `Actor::WORDS`.
    pub actor: String,
    /// Which one of the kind: the id of a key or visit, the name of a service, an operator's account.
    pub actor_id: Option<String>,
    /// The widget through which it was done, where it is known.
    pub widget: Option<WidgetId>,
    /// The business that it was done to.
    pub business: Option<BusinessUuid>,
    /// The connection that it was done to.
    pub connection: Option<ConnectionId>,
    /// What else it was done to: the id of an attempt, a visit, a key, a webhook or a delivery, or a service.
    pub subject: Option<String>,
    /// The client's IP address, as far as trusted proxies tell it.
    pub address: Option<String>,
    /// The origin of the page, as its browser told it.
    pub origin: Option<String>,
    /// Why it was refused, how a sign-in ended, or what was changed.
    pub detail: Option<String>,
    /// How many times: more than 1 where the rest of a minute's lines were counted and not written.
    pub count: i64,
}
