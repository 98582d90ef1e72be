//! What the server remembers of attempts at signing in.
//!
//! Two requests may bring the same attempt on at once (two windows, a callback that comes twice). So each write names the stage
//! that it was made from, and only the first one counts.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{AttemptId, ConnectionId};

use super::{Replaced, Result};
use crate::domain::attempt::{Attempt, ExpectedStage, Outcome};
use crate::domain::connection::Connection;
use crate::domain::credential::Credential;
use crate::domain::visit::VisitId;
use crate::token::TokenHash;

/// Attempts at signing in; each stage is written over the one it was made from.
#[async_trait]
pub trait Attempts {
    /// Stores an attempt that was just begun.
    async fn add_attempt(&self, attempt: &Attempt) -> Result<()>;
    /// The attempt of this id, until it is swept.
    async fn attempt(&self, id: &AttemptId) -> Result<Option<Attempt>>;
    /// The newest attempt at a connection that is remembered: of one visit, or of all.
    async fn newest_attempt(
        &self,
        connection: &ConnectionId,
        visit: Option<&VisitId>,
    ) -> Result<Option<Attempt>>;
    /// Finds one by its start token.
    async fn attempt_starting_with(&self, start: TokenHash) -> Result<Option<Attempt>>;
    /// Finds one by OAuth's `state`.
    async fn attempt_in_state(&self, state: TokenHash) -> Result<Option<Attempt>>;
    /// Stores the new value over the one that was marked.
    async fn replace_attempt(&self, was: ExpectedStage, is: &Attempt) -> Result<Replaced>;
    /// In one step: the attempt ended, its connection stands anew, and the credential replaces the older one.
    async fn connect(
        &self,
        was: ExpectedStage,
        is: &Attempt,
        connection: &Connection,
        credential: Option<&Credential>,
    ) -> Result<Replaced>;
    /// How one visit's newest attempt in the sandbox ended, for each connection where nobody signed in since.
    async fn sandbox_ends(&self, visit: &VisitId) -> Result<Vec<(ConnectionId, Outcome)>>;
    /// Forgets those whose time was over before this moment.
    async fn drop_attempts(&self, before: Timestamp) -> Result<u64>;
}
