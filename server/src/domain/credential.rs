//! A credential: what a service gave for a connection. Here it is only ever sealed; `oauth/` opens it for a moment.

use std::time::Duration;

use jiff::Timestamp;
use railz_connect_contract::{ConnectionId, ServiceName};

use crate::clock::seconds_after;
use crate::vault::Sealed;

/// The tokens of one connection, sealed, and when the server is to refresh them.
#[derive(Clone, Debug)]
pub struct Credential {
    /// Whose tokens these are; the seal is bound to it.
    pub connection: ConnectionId,
    /// The access token, sealed.
    pub access: Sealed,
    /// The refresh token, sealed, where the service gave one.
    pub refresh: Option<Sealed>,
    /// When to fetch a new access token; never where there is no refresh token or the old one does not lapse.
    pub refresh_at: Option<Timestamp>,
    /// Until when the service accepts the access token, as far as it says.
    pub access_expires_at: Option<Timestamp>,
    /// When the authorisation ends unless it is refreshed before, as far as the service says.
    pub lapses_at: Option<Timestamp>,
}

/// Whoever asks for an access token gets one that is good for so many seconds more, where it can be renewed.
const LEFT_SECONDS: u64 = 5 * 60;

impl Credential {
    /// Whether the access token has too little time left for somebody who needs it now, and can be renewed. Where the
    /// service does not say how long it lives, the moment of its next refresh counts.
    pub fn is_renewal_due(&self, now: Timestamp) -> bool {
        let end = self.access_expires_at.or(self.refresh_at);
        self.refresh.is_some() && end.is_some_and(|end| end < seconds_after(now, LEFT_SECONDS))
    }
}

/// A credential as it stands in the database.
#[derive(Clone, Debug)]
pub struct StoredCredential {
    /// The service that gave it.
    pub service: ServiceName,
    /// Counts the times it was written, so that a slow refresh cannot overwrite a new authorisation.
    pub version: i64,
    /// How often it was taken for a refresh before this time without being written anew: if ever, an answer of the
    /// service may have been lost, and with it a refresh token that is good once.
    pub claims: i64,
    /// The sealed tokens, and when they are due.
    pub credential: Credential,
}

/// When to refresh an access token that lives for so many seconds: after four fifths of its life, but no sooner than two
/// looks from now: a service that says "at once" is not asked without end.
pub fn refresh_after(now: Timestamp, lifetime_seconds: u64, look_every: Duration) -> Timestamp {
    seconds_after(now, (lifetime_seconds / 5 * 4).max(look_every.as_secs() * 2))
}
