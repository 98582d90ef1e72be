//! What the server remembers: one trait a noun, so that another database is another set of implementations.
//!
//! `sqlite/` is the one there is; `PostgreSQL` goes beside it. Each method is one step that either happens or does not.

mod audit_events;
mod business_lists;
mod connection_lists;
mod connection_tokens;
mod error;
mod idempotent_requests;
mod secret_keys;
mod signing_keys;
pub mod sqlite;
mod visits;
mod webhooks;

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{AttemptId, BusinessName, BusinessUuid, ConnectionId, ServiceName, WidgetId};

pub use audit_events::AuditEvents;
pub use business_lists::BusinessLists;
pub use connection_lists::ConnectionLists;
pub use connection_tokens::{ConnectionTokens, Redemption};
pub use error::StoreError;
pub use idempotent_requests::{IdempotentRequests, RequestStanding};
pub use secret_keys::SecretKeys;
pub use signing_keys::SigningKeys;
pub use visits::{Sessions, Visits};
pub use webhooks::{WebhookDeliveries, Webhooks};

use crate::domain::attempt::{Attempt, ExpectedStage, Outcome};
use crate::domain::business::Business;
use crate::domain::company::{CompanyBinding, PendingChoice};
use crate::domain::connection::Connection;
use crate::domain::credential::{Credential, StoredCredential};
use crate::domain::origin::OriginPattern;
use crate::domain::visit::VisitId;
use crate::domain::widget::{Channel, Widget};
use crate::token::TokenHash;

type Result<T> = std::result::Result<T, StoreError>;

/// Whether a new thing found its place free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It was free, and is stored now.
    New,
    /// Something with this id or name was there before; nothing changed.
    Taken,
}

/// Whether the value that a change was made from was still the one stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replaced {
    /// It was, and the new value is stored.
    Yes,
    /// Somebody else was faster; nothing changed.
    Overtaken,
}

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

/// How much came through a widget, and would go with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WidgetContents {
    /// Its businesses, with those that connected nothing yet.
    pub businesses: i64,
    /// The connections that were authorised at least once.
    pub connections: i64,
    /// Its secret keys, with those that ended.
    pub secret_keys: i64,
}

/// Widgets, their origins and the addresses that they accept.
#[async_trait]
pub trait Widgets {
    /// Registers a widget, unless its id is taken.
    async fn add_widget(&self, widget: &Widget) -> Result<Added>;
    /// The widget of this id.
    async fn widget(&self, id: &WidgetId) -> Result<Option<Widget>>;
    /// All widgets, oldest first.
    async fn list_widgets(&self) -> Result<Vec<Widget>>;
    /// Stores a widget, its origins and addresses over those it had, unless it is gone.
    async fn replace_widget(&self, widget: &Widget) -> Result<Replaced>;
    /// How much came through a widget.
    async fn count_contents(&self, id: &WidgetId) -> Result<WidgetContents>;
    /// Deletes a widget with all that came through it, sealed credentials included.
    async fn delete_widget(&self, id: &WidgetId) -> Result<()>;
    /// Whether any widget has one of these for an origin. How many widgets there are makes no difference to the time.
    async fn has_origin(&self, any_of: &[OriginPattern]) -> Result<bool>;
}

/// The businesses of each widget, found by id or by their unique name.
#[async_trait]
pub trait Businesses {
    /// Finds one of this widget by its number.
    async fn business(&self, widget: &WidgetId, id: &BusinessUuid) -> Result<Option<Business>>;
    /// The business of this number, whichever widget it came through.
    async fn find_business(&self, id: &BusinessUuid) -> Result<Option<Business>>;
    /// Finds one of this widget by its name.
    async fn find_business_by_name(&self, widget: &WidgetId, name: &BusinessName)
    -> Result<Option<Business>>;
    /// Makes one, unless its name is taken.
    async fn add_business(&self, business: &Business) -> Result<Added>;
    /// Forgets those first seen before `before` that a page made and nobody connected, whose visits have no session left,
    /// and for which nobody is signing in at `now`.
    async fn drop_unconnected(&self, before: Timestamp, now: Timestamp) -> Result<u64>;
}

/// Connections, and where their authorisation stands.
#[async_trait]
pub trait Connections {
    /// Finds the connection of the same business, service and channel, or stores this one.
    async fn connection_like(&self, connection: Connection) -> Result<Connection>;
    /// The one that `connection_like` finds; nothing before it was stored.
    async fn usual_connection(
        &self,
        of: &BusinessUuid,
        service: &ServiceName,
        channel: Channel,
    ) -> Result<Option<Connection>>;
    /// The connection of this id, proved or not.
    async fn connection(&self, id: &ConnectionId) -> Result<Option<Connection>>;
    /// Adds one beside others of the same business and service.
    async fn add_connection(&self, connection: &Connection) -> Result<()>;
    /// All connections of a business, oldest first.
    async fn connections(&self, business: &BusinessUuid) -> Result<Vec<Connection>>;
}

/// Attempts at signing in; each stage is written over the one it was made from.
#[async_trait]
pub trait Attempts {
    /// Stores an attempt that was just begun.
    async fn add_attempt(&self, attempt: &Attempt) -> Result<()>;
    /// The attempt of this id, until it is swept.
    async fn attempt(&self, id: &AttemptId) -> Result<Option<Attempt>>;
    /// The attempts at a connection that are remembered, newest first.
    async fn attempts_at(&self, connection: &ConnectionId) -> Result<Vec<Attempt>>;
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
    /// The attempts of one visit that ended in the sandbox, oldest first.
    async fn sandbox_ends(&self, visit: &VisitId) -> Result<Vec<(ConnectionId, Outcome)>>;
    /// Forgets those whose time was over before this moment.
    async fn drop_attempts(&self, before: Timestamp) -> Result<u64>;
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
    /// The choice that is due for a connection.
    async fn pending_choice(
        &self,
        connection: &ConnectionId,
        now: Timestamp,
    ) -> Result<Option<PendingChoice>>;
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

/// Credentials as the vault sealed them, each with a version that rises with every write.
#[async_trait]
pub trait Credentials {
    /// The credential of a connection, with the version that a write must name.
    async fn credential(&self, connection: &ConnectionId) -> Result<Option<StoredCredential>>;
    /// The connection whose credential has been due for a refresh the longest.
    async fn next_due(&self, now: Timestamp) -> Result<Option<ConnectionId>>;
    /// Takes a credential that is due for a refresh, and puts it off until `again` for everybody else. Nothing where it is not
    /// due any more.
    async fn claim_due(
        &self,
        connection: &ConnectionId,
        now: Timestamp,
        again: Timestamp,
    ) -> Result<Option<StoredCredential>>;
    /// Takes this credential for a refresh, and puts it off until `again` for everybody else; unless somebody else took it
    /// or wrote it meanwhile.
    async fn claim(&self, stored: &StoredCredential, again: Timestamp) -> Result<Replaced>;
    /// Stores a credential over the version it was made from, and until when its connection stands by it, unless that was
    /// authorised anew meanwhile.
    async fn replace_credential(
        &self,
        version: i64,
        credential: &Credential,
        connection: Option<&Connection>,
    ) -> Result<Replaced>;
    /// Whether any connection to this service has a credential.
    async fn has_credential_of(&self, service: &ServiceName) -> Result<bool>;
    /// The service does not accept the credential of this version any more: the connection is cut off.
    async fn disconnect(&self, version: i64, connection: &ConnectionId, now: Timestamp) -> Result<Replaced>;
    /// The refresh token of this version is lost: the authorisation is over as from now and must be given again.
    async fn lapse(&self, version: i64, connection: &ConnectionId, now: Timestamp) -> Result<Replaced>;
    /// One credential for each key that anything is sealed with.
    async fn one_of_each_key(&self) -> Result<Vec<StoredCredential>>;
    /// Some credential that is sealed with another key than this one.
    async fn one_of_other_key(&self, key: crate::vault::KeyId) -> Result<Option<StoredCredential>>;
}

/// Everything that a database must do for this server.
#[async_trait]
pub trait Store:
    Widgets
    + SecretKeys
    + Businesses
    + BusinessLists
    + Visits
    + Sessions
    + IdempotentRequests
    + Connections
    + ConnectionLists
    + Attempts
    + Companies
    + Credentials
    + SigningKeys
    + ConnectionTokens
    + Webhooks
    + WebhookDeliveries
    + AuditEvents
    + Send
    + Sync
    + 'static
{
    /// Closes the database, after what is being written is written.
    async fn close(&self);
}
