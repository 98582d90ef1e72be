//! For whom the session is being opened, and why it cannot be.

use crate::session::Session;

/// Which load of the session this is: the first, or another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Load {
    /// The host hears of its success. The page's focus is left where it is.
    First,
    /// A person asked for it after a failure; the host still waits to hear of a success.
    Retry,
    /// The host was told; the business stays the one it was.
    Again(Box<Session>),
}

impl Load {
    /// The session that was open before.
    pub(crate) fn session(&self) -> Option<&Session> {
        match self {
            Self::Again(session) => Some(session),
            Self::First | Self::Retry => None,
        }
    }
}

/// Why nothing can be connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnavailableCause {
    /// The widget or its page is not registered with the server.
    NotAuthorised,
    /// The business is not known.
    BusinessNotFound,
    /// There is no service to connect.
    NoServices,
}
