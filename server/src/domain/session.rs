//! A session: a bearer token of a visit, good for a while.
//!
//! One that a page opened is good for an hour from its last use; one that a back end minted ends when that said.

use jiff::Timestamp;

use super::visit::{SessionKind, VisitId};
use crate::clock::seconds_after;
use crate::token::TokenHash;

/// For how many seconds after its last use the token of an open session is good.
pub const OPEN_SECONDS: u64 = 60 * 60;

/// For how many seconds after its end a token still says which visit it was of: whoever brings it continues that visit.
pub const CONTINUABLE_SECONDS: u64 = 24 * 60 * 60;

/// A use is written down where the session has become this many seconds older, not with every request.
const USE_NOTED_EVERY_SECONDS: u64 = 5 * 60;

/// A session as stored; the token itself is with the client alone.
#[derive(Clone, Debug)]
pub struct Session {
    /// The hash of the bearer token, by which the session is found.
    pub token: TokenHash,
    /// The visit it is of. Older tokens of a visit stay good beside newer ones.
    pub visit: VisitId,
    /// From this moment on the token is refused.
    pub expires_at: Timestamp,
}

impl Session {
    /// A session that begins now and ends so many seconds later.
    pub fn begin(token: TokenHash, visit: VisitId, seconds: u64, now: Timestamp) -> Self {
        Self { token, visit, expires_at: seconds_after(now, seconds) }
    }

    /// Until when it lives on because it is used now; nothing where that is not (yet) to be written down.
    pub fn extension(&self, session_kind: SessionKind, now: Timestamp) -> Option<Timestamp> {
        match session_kind {
            SessionKind::Open => {
                let until = seconds_after(now, OPEN_SECONDS);
                (until >= seconds_after(self.expires_at, USE_NOTED_EVERY_SECONDS)).then_some(until)
            }
            SessionKind::Minted => None,
        }
    }
}
