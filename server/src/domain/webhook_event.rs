//! What a webhook is told: one thing that happened to a connection or a business, as its row was in that very transaction.

use jiff::Timestamp;
use railz_connect_contract::{
    BusinessName, BusinessUuid, ConnectionId, ConnectionState, ServiceAccountRef, ServiceName, WidgetId,
};
use serde::Serialize;

use super::connection::Tie;
use super::visit::SessionKind;
use super::webhook::{EventId, EventKind};
use super::webhook_metadata::{MetadataItem, MetadataLocation};
use crate::clock::to_rfc3339;

/// What happened once.
#[derive(Clone, Debug)]
pub struct WebhookEvent {
    /// The same in every delivery, so that receivers know what they had already.
    pub id: EventId,
    /// The widget through which the business came.
    pub widget: WidgetId,
    /// The business that it happened to.
    pub business: BusinessUuid,
    /// The business's name at that time.
    pub business_name: BusinessName,
    /// What it was.
    pub occurrence: Occurrence,
    /// When.
    pub occurred_at: Timestamp,
    /// What the host wants to have carried along.
    pub metadata: Vec<MetadataItem>,
}

/// What happened, and to which connection.
#[derive(Clone, Debug)]
pub enum Occurrence {
    /// [`EventKind::Login`].
    Login(ToldConnection),
    /// [`EventKind::Auth`].
    Auth(ToldConnection),
    /// [`EventKind::ConnectionStatus`].
    ConnectionStatus(ToldConnection, StatusChange),
    /// [`EventKind::ConnectionRemoved`].
    ConnectionRemoved(ToldConnection),
    /// [`EventKind::BusinessRemoved`].
    BusinessRemoved,
}

/// A connection as events tell of it.
#[derive(Clone, Debug)]
pub struct ToldConnection {
    /// The connection's id.
    pub id: ConnectionId,
    /// The service that it is to.
    pub service: ServiceName,
    /// Whether its data is played.
    pub is_mock_data: bool,
    /// Who tied it to that company.
    pub tie: Tie,
    /// The company that it stood for; none where none was known.
    pub account: Option<ServiceAccountRef>,
}

/// From which status to which, and why.
#[derive(Clone, Debug)]
pub struct StatusChange {
    /// The status that was told before.
    pub old: ConnectionState,
    /// The status from then on.
    pub new: ConnectionState,
    /// Railz's word for why a connection cannot be used any more.
    pub reason: Option<String>,
}

impl Occurrence {
    /// Which event it is.
    pub fn kind(&self) -> EventKind {
        match self {
            Self::Login(_) => EventKind::Login,
            Self::Auth(_) => EventKind::Auth,
            Self::ConnectionStatus(..) => EventKind::ConnectionStatus,
            Self::ConnectionRemoved(_) => EventKind::ConnectionRemoved,
            Self::BusinessRemoved => EventKind::BusinessRemoved,
        }
    }

    /// The connection that it is about.
    pub fn connection(&self) -> Option<&ToldConnection> {
        match self {
            Self::Login(connection)
            | Self::Auth(connection)
            | Self::ConnectionStatus(connection, _)
            | Self::ConnectionRemoved(connection) => Some(connection),
            Self::BusinessRemoved => None,
        }
    }

    fn change(&self) -> Option<&StatusChange> {
        if let Self::ConnectionStatus(_, change) = self { Some(change) } else { None }
    }
}

impl StatusChange {
    /// One sentence for people.
    fn message(&self) -> &'static str {
        match self.new {
            ConnectionState::Active => "The connection is authorised and can be used.",
            ConnectionState::Expired => "The authorisation ran out and must be given again.",
            ConnectionState::Disconnected => "The connection was cut off and must be authorised again.",
            ConnectionState::Pending
            | ConnectionState::Inactive
            | ConnectionState::Invalid
            | ConnectionState::Unknown => "The connection cannot be used.",
        }
    }
}

/// The body of a delivery. Fields that do not belong to an event are left out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    event: &'static str,
    id: &'a EventId,
    occurred_at: String,
    business_uuid: &'a BusinessUuid,
    business_name: &'a BusinessName,
    #[serde(flatten)]
    connection: Option<BodyConnection<'a>>,
    #[serde(flatten)]
    change: Option<BodyChange<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    metadata: Vec<&'a MetadataItem>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BodyConnection<'a> {
    connection_uuid: &'a ConnectionId,
    connection_id: &'a ConnectionId,
    service_name: &'a ServiceName,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_mock_data: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_account_ref: Option<&'a ServiceAccountRef>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    company_unknown: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    open_session: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BodyChange<'a> {
    old_status: ConnectionState,
    new_status: ConnectionState,
    message: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    disconnect_reason: Option<&'a str>,
    effective_on: String,
}

impl WebhookEvent {
    /// The metadata that is put there.
    pub fn metadata_in(&self, location: MetadataLocation) -> impl Iterator<Item = &MetadataItem> {
        self.metadata.iter().filter(move |item| item.locations.contains(&location))
    }

    /// Whether somebody authorised, and nobody can tell for which company. Played data has none.
    fn is_company_unknown(&self, connection: &ToldConnection) -> bool {
        let is_played = connection.is_mock_data || connection.service.is_sandbox();
        matches!(self.occurrence, Occurrence::Auth(_)) && connection.account.is_none() && !is_played
    }

    /// The JSON that is posted: the same at each try.
    ///
    /// # Errors
    /// [`serde_json::Error`], which nothing in it can cause.
    pub fn body(&self) -> Result<Vec<u8>, serde_json::Error> {
        let occurred_at = to_rfc3339(self.occurred_at);
        let connection = self.occurrence.connection().map(|connection| BodyConnection {
            connection_uuid: &connection.id,
            connection_id: &connection.id,
            service_name: &connection.service,
            is_mock_data: connection.is_mock_data,
            service_account_ref: connection.account.as_ref(),
            company_unknown: self.is_company_unknown(connection),
            open_session: connection.tie == Tie::By(SessionKind::Open),
        });
        let change = self.occurrence.change().map(|change| BodyChange {
            old_status: change.old,
            new_status: change.new,
            message: change.message(),
            disconnect_reason: change.reason.as_deref(),
            effective_on: occurred_at.clone(),
        });
        serde_json::to_vec(&Body {
            event: self.occurrence.kind().word(),
            id: &self.id,
            occurred_at,
            business_uuid: &self.business,
            business_name: &self.business_name,
            connection,
            change,
            metadata: self.metadata_in(MetadataLocation::Body).collect(),
        })
    }
}
