//! A session: one visit of one business to one widget, held by a bearer token.

use jiff::Timestamp;
use railz_connect_contract::{BusinessUuid, WidgetId};

use crate::clock::seconds_after;
use crate::token::TokenHash;

/// How long a session's token is good, in seconds. Older tokens of the same business stay good beside newer ones.
pub const LIFETIME_SECONDS: u64 = 24 * 60 * 60;

/// A session as stored; the token itself is with the client alone.
#[derive(Clone, Debug)]
pub struct Session {
    /// The hash of the bearer token, by which the session is found.
    pub token: TokenHash,
    /// The widget it was opened through.
    pub widget: WidgetId,
    /// The business whose connections its requests may see and change.
    pub business: BusinessUuid,
    /// From this moment on the token is refused.
    pub expires_at: Timestamp,
}

impl Session {
    /// A session that begins now and ends [`LIFETIME_SECONDS`] later.
    pub fn open(token: TokenHash, widget: WidgetId, business: BusinessUuid, now: Timestamp) -> Self {
        Self { token, widget, business, expires_at: seconds_after(now, LIFETIME_SECONDS) }
    }
}
