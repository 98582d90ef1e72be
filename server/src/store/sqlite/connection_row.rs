//! The row of a connection, and the words of its columns.

use railz_connect_contract::{BusinessUuid, ConnectionId, ServiceKind, ServiceName};

use super::row::{At, to_milliseconds};
use crate::domain::connection::{AuthorizationState, Connection, Tie};
use crate::domain::visit::{SessionKind, VisitId};
use crate::domain::widget::Channel;
use crate::store::StoreError;

/// What `tied_by` holds where nothing was connected, or is not any more.
pub(super) const NOBODY: &str = "nobody";

#[derive(sqlx::FromRow)]
pub(super) struct ConnectionRow {
    id: String,
    business_id: String,
    service: String,
    kind: String,
    channel: String,
    standing: String,
    authorised_at: Option<i64>,
    expires_at: Option<i64>,
    signed_in_visit: Option<String>,
    tied_by: Option<String>,
    tied_at: Option<i64>,
    created_at: i64,
}

impl TryFrom<ConnectionRow> for Connection {
    type Error = StoreError;

    fn try_from(row: ConnectionRow) -> Result<Self, StoreError> {
        let at = At { table: "connections", id: &row.id };
        let authorised = row.authorised_at.map(|at_| at.moment("authorised_at", at_)).transpose()?;
        let expires = row.expires_at.map(|at_| at.moment("expires_at", at_)).transpose()?;
        let authorization = match (row.standing.as_str(), authorised, expires) {
            ("unproven", None, None) => AuthorizationState::NeverAuthorized,
            ("active", Some(since), Some(expires_at)) => AuthorizationState::Active { since, expires_at },
            ("disconnected", Some(since), ended_at) => AuthorizationState::Disconnected { since, ended_at },
            (word, authorised, expires) => {
                let detail = format!("{word} with authorised_at {authorised:?} and expires_at {expires:?}");
                return Err(at.impossible_row("standing", detail));
            }
        };
        let kind = match row.kind.as_str() {
            "accounting" => ServiceKind::Accounting,
            "banking" => ServiceKind::Banking,
            "commerce" => ServiceKind::Commerce,
            other => return Err(at.impossible_row("kind", other)),
        };
        let channel = match row.channel.as_str() {
            "service" => Channel::Service,
            "mock" => Channel::MockData,
            other => return Err(at.impossible_row("channel", other)),
        };
        let tie =
            tie(row.tied_by.as_deref()).ok_or_else(|| at.impossible_row("tied_by", "is no such word"))?;
        let tied_at = row.tied_at.map(|tied| at.moment("tied_at", tied)).transpose()?;
        let created_at = at.moment("created_at", row.created_at)?;
        Ok(Self {
            id: ConnectionId::new(row.id),
            business: BusinessUuid::new(row.business_id),
            service: ServiceName::new(row.service),
            kind,
            channel,
            authorization,
            signed_in_visit: row.signed_in_visit.map(VisitId::new),
            tie,
            tied_at,
            created_at,
        })
    }
}

/// What this word says, in connections and in events that tell of them.
pub(super) fn tie(word: Option<&str>) -> Option<Tie> {
    match word {
        None => Some(Tie::Unknown),
        Some(NOBODY) => Some(Tie::Untied),
        Some(word) => SessionKind::from_word(word).map(Tie::By),
    }
}

pub(super) fn tie_word(tie: Tie) -> Option<&'static str> {
    match tie {
        Tie::Unknown => None,
        Tie::Untied => Some(NOBODY),
        Tie::By(session_kind) => Some(session_kind.word()),
    }
}

pub(super) fn kind_word(kind: ServiceKind) -> &'static str {
    match kind {
        ServiceKind::Banking => "banking",
        ServiceKind::Commerce => "commerce",
        ServiceKind::Accounting | ServiceKind::Unknown => "accounting",
    }
}

/// An authorization state as its three columns.
pub(super) fn columns(authorization: AuthorizationState) -> (&'static str, Option<i64>, Option<i64>) {
    match authorization {
        AuthorizationState::NeverAuthorized => ("unproven", None, None),
        AuthorizationState::Active { since, expires_at } => {
            ("active", Some(to_milliseconds(since)), Some(to_milliseconds(expires_at)))
        }
        AuthorizationState::Disconnected { since, ended_at } => {
            ("disconnected", Some(to_milliseconds(since)), ended_at.map(to_milliseconds))
        }
    }
}

pub(super) fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Service => "service",
        Channel::MockData => "mock",
    }
}
