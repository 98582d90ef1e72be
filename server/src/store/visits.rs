//! What the server remembers of visits, and of the sessions in which they go on.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::WidgetId;

use super::{Replaced, Result};
use crate::domain::session::Session;
use crate::domain::visit::{Visit, VisitId};
use crate::token::TokenHash;

/// Visits, which sessions and attempts belong to.
#[async_trait]
pub trait Visits {
    /// In one step: a visit begins, with its first session.
    async fn begin_visit(&self, visit: &Visit, session: &Session) -> Result<()>;
    /// In one step: the visit has these settings from here on, and the session is one of it, whichever it was of before.
    /// Nothing changes where the visit is gone ([`Replaced::Overtaken`]).
    async fn continue_visit(&self, visit: &Visit, session: &Session) -> Result<Replaced>;
    /// The visit of this id, if it goes through this widget.
    async fn visit(&self, widget: &WidgetId, id: &VisitId) -> Result<Option<Visit>>;
    /// Forgets those that began before this moment and of which neither a session, an attempt nor a link is left.
    async fn drop_visits(&self, before: Timestamp) -> Result<u64>;
}

/// Sessions, found by the hash of their bearer token.
#[async_trait]
pub trait Sessions {
    /// Finds one that is valid for longer than until this moment, with its visit.
    async fn session(&self, token: TokenHash, until: Timestamp) -> Result<Option<(Session, Visit)>>;
    /// Makes one end at this moment, unless it ends later anyway.
    async fn extend_session(&self, token: TokenHash, expires_at: Timestamp) -> Result<()>;
    /// Forgets one: its token continues nothing any more.
    async fn end_session(&self, token: TokenHash) -> Result<()>;
    /// Forgets those that were over at this moment.
    async fn drop_sessions(&self, before: Timestamp) -> Result<u64>;
}
