//! A connection: one business, one service, and where the authorisation stands.
//!
//! A row is made when a sign-in begins, so that its id can be told, but it is [`AuthorizationState::NeverAuthorized`]
//! and in no list until somebody authorised it. What went wrong in one try belongs to the attempt and never stains the
//! connection.

use jiff::Timestamp;
use railz_connect_contract::{
    self as contract, BusinessUuid, ConnectionId, ConnectionState, IntegrationUuid, ServiceKind, ServiceName,
};
use uuid::Uuid;

use super::attempt::Refusal;
use super::visit::{SessionKind, VisitId, Visitor};
use super::widget::{Channel, Widget};
use crate::clock::{a_year_after, to_rfc3339};

/// How near an end is near: two weeks.
const SOON_SECONDS: i64 = 14 * 24 * 60 * 60;

/// What a business has at one service, from the first sign-in on: an authorisation, and where that stands.
#[derive(Clone, Debug)]
pub struct Connection {
    /// `CON-<uuid>`; the same one after it was reauthorised.
    pub id: ConnectionId,
    /// The business that authorised it.
    pub business: BusinessUuid,
    /// The service, or the one whose name the sandbox data wears.
    pub service: ServiceName,
    /// The kind under which the picker and the steps of the widget list it.
    pub kind: ServiceKind,
    /// Whether the service itself or sandbox data stands behind it.
    pub channel: Channel,
    /// Where the authorisation stands.
    pub authorization: AuthorizationState,
    /// In which visit a person last signed in to it; not known of those from before this was written down.
    pub signed_in_visit: Option<VisitId>,
    /// Who tied it to its company.
    pub tie: Tie,
    /// When it was tied.
    pub tied_at: Option<Timestamp>,
    /// When the first sign-in began.
    pub created_at: Timestamp,
}

/// Who says that the company behind a connection is its business's. Where the service tells no company, who first signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// Nobody: nothing was connected yet, or a back end untied it. The next sign-in may bring any company.
    Untied,
    /// A visit whose sessions are of this kind.
    By(SessionKind),
    /// Not known: it was tied before this was written down.
    Unknown,
}

/// Where an authorisation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorizationState {
    /// Nobody has authorised it yet.
    NeverAuthorized,
    /// The service accepts it, until `expires_at` comes.
    Active {
        /// When a person last authorised it.
        since: Timestamp,
        /// When the authorisation lapses unless given again.
        expires_at: Timestamp,
    },
    /// Authorised once; the service does not accept it any more.
    Disconnected {
        /// When the authorisation had last been given.
        since: Timestamp,
        /// When it was found to be cut off; not known of those that were found before this was written down.
        ended_at: Option<Timestamp>,
    },
}

/// The id of a new connection: `CON-` and this number.
pub fn new_id(number: Uuid) -> ConnectionId {
    ConnectionId::new(format!("CON-{number}"))
}

impl Connection {
    /// One for which a sign-in is about to begin for the first time.
    pub fn new(
        id: ConnectionId,
        business: BusinessUuid,
        (service, kind, channel): (ServiceName, ServiceKind, Channel),
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            business,
            service,
            kind,
            channel,
            authorization: AuthorizationState::NeverAuthorized,
            signed_in_visit: None,
            tie: Tie::Untied,
            tied_at: None,
            created_at: now,
        }
    }

    /// Whether no more than a page says that its company is its business's.
    pub fn is_tied_by_page(&self) -> bool {
        self.tie == Tie::By(SessionKind::Open)
    }

    /// Whether it wants a person: it does not stand any more, or soon will not.
    pub fn is_renewal_due(&self, now: Timestamp) -> bool {
        match self.authorization {
            AuthorizationState::Active { expires_at, .. } => expires_at <= now || self.lapses_soon(now),
            AuthorizationState::NeverAuthorized | AuthorizationState::Disconnected { .. } => true,
        }
    }

    /// Whether its data is played.
    pub fn is_sandbox(&self) -> bool {
        self.channel == Channel::MockData || self.service.is_sandbox()
    }

    /// Authorised now by a person: for a year, or for as long as the service says. The visitor is the one in whose visit that
    /// person signed in, whoever makes the last call; where it is not known, the visit that was noted before stays. A page
    /// ties what nobody had tied; a back end's word stands over a page's.
    #[must_use]
    pub fn authorised(self, by: Option<Visitor<'_>>, now: Timestamp, lapses_at: Option<Timestamp>) -> Self {
        let tie = match (self.tie, by.map(|by| by.session_kind)) {
            (_, Some(SessionKind::Minted)) => Tie::By(SessionKind::Minted),
            (Tie::Untied, Some(SessionKind::Open) | None) => Tie::By(SessionKind::Open),
            (tie @ (Tie::By(_) | Tie::Unknown), Some(SessionKind::Open) | None) => tie,
        };
        let is_new = self.tie == Tie::Untied;
        Self {
            tie,
            tied_at: self.tied_at.filter(|_| !is_new).or(Some(now)),
            signed_in_visit: by.map(|by| by.visit.clone()).or(self.signed_in_visit),
            authorization: AuthorizationState::Active {
                since: now,
                expires_at: authorization_end(now, lapses_at),
            },
            ..self
        }
    }

    /// Tied by the word of the customer's back end. Whoever signed in to it before has no part in that: what their visit saw
    /// and was handed a signature for was another authorisation.
    #[must_use]
    pub fn vouched_for(self) -> Self {
        Self { tie: Tie::By(SessionKind::Minted), signed_in_visit: None, ..self }
    }

    /// Used again by the connector of whoever authorised it: for another year, with the day on which it was authorised and
    /// the visit of that person.
    #[must_use]
    pub fn renewed(self, now: Timestamp, lapses_at: Option<Timestamp>) -> Self {
        let since = match self.authorization {
            AuthorizationState::NeverAuthorized => now,
            AuthorizationState::Active { since, .. } | AuthorizationState::Disconnected { since, .. } => {
                since
            }
        };
        let expires_at = authorization_end(now, lapses_at);
        Self { authorization: AuthorizationState::Active { since, expires_at }, ..self }
    }

    /// Refreshed, so that it stands longer, though never beyond the year. One that is over already stays so: somebody
    /// else may have connected its company meanwhile.
    #[must_use]
    pub fn refreshed(self, now: Timestamp, lapses_at: Option<Timestamp>) -> Self {
        match self.authorization {
            AuthorizationState::Active { since, expires_at } if expires_at > now => Self {
                authorization: AuthorizationState::Active {
                    since,
                    expires_at: authorization_end(since, lapses_at),
                },
                ..self
            },
            AuthorizationState::NeverAuthorized
            | AuthorizationState::Active { .. }
            | AuthorizationState::Disconnected { .. } => self,
        }
    }

    /// How lists show it; nothing while it is unproven.
    pub fn list_entry(&self, widget: &Widget, now: Timestamp) -> Option<contract::Connection> {
        let due = Some(contract::ConnectionError::ReauthorizationRequired);
        let (state, error, expires_at, state_since) = match self.authorization {
            AuthorizationState::NeverAuthorized => return None,
            AuthorizationState::Active { expires_at, .. } if expires_at <= now => {
                (ConnectionState::Expired, due, Some(expires_at), Some(expires_at))
            }
            AuthorizationState::Active { since, expires_at } => {
                (ConnectionState::Active, None, Some(expires_at), Some(since))
            }
            AuthorizationState::Disconnected { ended_at, .. } => {
                (ConnectionState::Disconnected, due, None, ended_at)
            }
        };
        Some(contract::Connection {
            state,
            error,
            expires_at: expires_at.map(to_rfc3339),
            lapses_soon: self.lapses_soon(now),
            state_since: state_since.map(to_rfc3339),
            ..self.entry(widget, ConnectionState::Unknown)
        })
    }

    /// Whether the end is near: within two weeks, and in the last quarter of the whole time. What a service grants for
    /// an hour only would otherwise be due for renewal from its first minute on.
    fn lapses_soon(&self, now: Timestamp) -> bool {
        let AuthorizationState::Active { since, expires_at } = self.authorization else { return false };
        let (whole, left) =
            (expires_at.as_second() - since.as_second(), expires_at.as_second() - now.as_second());
        (1..=SOON_SECONDS).contains(&left) && left <= whole / 4
    }

    /// How the answer to a refused attempt shows it.
    pub fn refused_entry(&self, widget: &Widget, refusal: Refusal) -> contract::Connection {
        contract::Connection {
            error: Some(refusal.error()),
            reason: refusal.reason(),
            ..self.entry(widget, ConnectionState::Invalid)
        }
    }

    /// How it is shown while a company is to be chosen.
    pub fn pending_entry(&self, widget: &Widget) -> contract::Connection {
        self.entry(widget, ConnectionState::Pending)
    }

    fn entry(&self, widget: &Widget, state: ConnectionState) -> contract::Connection {
        contract::Connection {
            connection_id: self.id.clone(),
            name: self.service.clone(),
            kind: self.kind,
            state,
            error: None,
            integration_uuid: self.integration(widget),
            is_mock_data: self.channel == Channel::MockData,
            created_at: Some(to_rfc3339(self.created_at)),
            account_number: None,
            service_account_ref: None,
            expires_at: None,
            lapses_soon: false,
            state_since: None,
            reason: None,
            accounts: None,
            institution: None,
            account_name: None,
            company_unknown: false,
            replaced_at: None,
            missing_scopes: Vec::new(),
        }
    }

    fn integration(&self, widget: &Widget) -> Option<IntegrationUuid> {
        match self.channel {
            Channel::Service => Some(widget.integration(&self.service, self.channel)),
            Channel::MockData => None,
        }
    }
}

/// When an authorisation ends: a year after it was given, or earlier where the service says so.
fn authorization_end(given: Timestamp, lapses_at: Option<Timestamp>) -> Timestamp {
    let year = a_year_after(given);
    lapses_at.map_or(year, |lapses_at| lapses_at.min(year))
}
