//! Why a bank is not linked or updated; `http/plaid.rs` says it in words.

use super::client::PlaidClientError;
use crate::random::RandomnessError;
use crate::services::company::CompanyError;
use crate::store::StoreError;
use crate::vault::OpenError;

/// Why no bank was linked or updated.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// Another business's, none at all, or none that was ever linked.
    #[error("connectionId is no bank connection of this business")]
    NoConnection,
    /// The bank stands, and was signed in to in another visit.
    #[error("this bank is connected, and asks for nothing")]
    NothingDue,
    /// The bank was given up at Plaid, and the access with it.
    #[error("this bank was cut off at Plaid and must be linked anew")]
    Gone,
    /// The bank still wants its person.
    #[error("{0} still asks for a sign-in")]
    StillAsks(String),
    /// Plaid refused a call, or did not answer.
    #[error(transparent)]
    PlaidClientError(#[from] PlaidClientError),
    /// The same was changed twice at once.
    #[error("the same connection was changed at the same moment")]
    Overtaken,
    /// The linking itself broke off.
    #[error("the linking broke off: {0}")]
    Broken(#[from] tokio::task::JoinError),
    /// The stored access token does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The bank could not be bound to its connection.
    #[error(transparent)]
    Company(#[from] CompanyError),
    /// The operating system gave no random bytes.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// A connection or its binding could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}
