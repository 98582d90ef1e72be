//! What the server remembers: one trait a noun, so that another database is another set of implementations.
//!
//! `sqlite/` is the one there is; `PostgreSQL` goes beside it. Each method is one step that either happens or does not.

mod attempts;
mod audit_events;
mod business_lists;
mod businesses;
mod companies;
mod connection_lists;
mod connection_tokens;
mod connections;
mod credentials;
mod error;
mod hosted_links;
mod idempotent_requests;
mod secret_keys;
mod signing_keys;
pub mod sqlite;
mod visits;
mod webhooks;
mod widgets;

use async_trait::async_trait;

pub use attempts::Attempts;
pub use audit_events::AuditEvents;
pub use business_lists::BusinessLists;
pub use businesses::Businesses;
pub use companies::{BindOutcome, BindingGuard, Companies};
pub use connection_lists::ConnectionLists;
pub use connection_tokens::{ConnectionTokens, Redemption};
pub use connections::Connections;
pub use credentials::Credentials;
pub use error::{StoreError, skip_impossible_row};
pub use hosted_links::HostedLinks;
pub use idempotent_requests::{IdempotentRequests, RequestStanding};
pub use secret_keys::SecretKeys;
pub use signing_keys::SigningKeys;
pub use visits::{Sessions, Visits};
pub use webhooks::{WebhookDeliveries, Webhooks};
pub use widgets::{WidgetContents, Widgets};

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

/// Everything that a database must do for this server.
#[async_trait]
pub trait Store:
    Widgets
    + SecretKeys
    + Businesses
    + BusinessLists
    + Visits
    + Sessions
    + HostedLinks
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
