//! What the server remembers of the companies behind connections.
//!
//! That no two businesses of one customer connect the same company is judged where it is written, in one step with the rest:
//! two sign-ins that end at once cannot both win.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{BusinessUuid, ConnectionId, ServiceName};

use super::{Replaced, Result};
use crate::domain::attempt::{Attempt, ExpectedStage};
use crate::domain::company::{CompanyBinding, PendingChoice};
use crate::domain::connection::Connection;
use crate::domain::credential::Credential;

/// Whether a connection was bound to its company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BindOutcome {
    /// It was; connection, binding and credential are stored.
    Bound,
    /// Somebody else was faster; nothing changed.
    Overtaken,
    /// Another business of the same customer has connected this company.
    Duplicate,
}

/// What must not have changed since a binding was read, or it is not written.
#[derive(Clone, Copy, Debug)]
pub enum BindingGuard<'a> {
    /// The attempt, which ends along with it; and the company, unless there was none. Whoever bound the same company
    /// meanwhile is no hindrance.
    Attempt {
        /// The attempt as it was read.
        was: ExpectedStage,
        /// The attempt as it ends.
        is: &'a Attempt,
    },
    /// The binding itself, by its version.
    Version,
}

/// Companies: what connections are bound to, and choices among several.
#[async_trait]
pub trait Companies {
    /// What a connection is bound to.
    async fn binding(&self, connection: &ConnectionId) -> Result<Option<CompanyBinding>>;
    /// The bindings of all connections of a business.
    async fn bindings_of(&self, business: &BusinessUuid) -> Result<Vec<CompanyBinding>>;
    /// Stores a binding over the version it was made from.
    async fn put_binding(&self, binding: &CompanyBinding) -> Result<Replaced>;
    /// In one step: the connection stands anew, binding and credential replace the older ones, and no choice is due any
    /// more; unless another business of the same customer has connected the company.
    async fn bind(
        &self,
        guard: BindingGuard<'_>,
        connection: &Connection,
        credential: Option<&Credential>,
        binding: &CompanyBinding,
    ) -> Result<BindOutcome>;
    /// In one step: the connection stands for no company any more and is tied by nobody, its credential, its choice and what
    /// its service remembers are forgotten, and it is disconnected if it stood.
    async fn untie(&self, connection: &ConnectionId, now: Timestamp) -> Result<()>;
    /// An active connection of another business of the same customer to the company of this identity.
    async fn find_connected_elsewhere(
        &self,
        connection: &Connection,
        identity: &str,
        now: Timestamp,
    ) -> Result<Option<ConnectionId>>;
    /// Whether any connection to this service that has a credential is bound to the company of this id.
    async fn is_company_in_use(&self, service: &ServiceName, company: &str) -> Result<bool>;
    /// The choices that are due for a connection, newest first: one after a sign-in, or one a visit after typed credentials.
    async fn pending_choices_at(
        &self,
        connection: &ConnectionId,
        now: Timestamp,
    ) -> Result<Vec<PendingChoice>>;
    /// All choices that are due for a business.
    async fn pending_choices_of(&self, business: &BusinessUuid, now: Timestamp)
    -> Result<Vec<PendingChoice>>;
    /// In one step: a choice is due, the binding is written, and the credential is kept where there is one.
    async fn offer_choice(
        &self,
        guard: BindingGuard<'_>,
        credential: Option<&Credential>,
        binding: &CompanyBinding,
        choice: &PendingChoice,
    ) -> Result<Replaced>;
    /// In one step: the choice is made, its attempt ends anew, and the connection stands. Where the company is another
    /// business's already, the choice is over and its credential forgotten.
    async fn choose(
        &self,
        choice: &PendingChoice,
        connection: &Connection,
        binding: &CompanyBinding,
    ) -> Result<BindOutcome>;
    /// The connections whose choice nobody made in time.
    async fn list_expired_choices(&self, now: Timestamp) -> Result<Vec<ConnectionId>>;
    /// Forgets choices that nobody made in time, and the credentials that waited for them.
    async fn drop_choices(&self, now: Timestamp) -> Result<u64>;
}
