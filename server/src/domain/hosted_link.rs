//! A link to the page on which this server shows the widget itself: what a customer e-mails to a person.
//!
//! Its address has an id, which opens nothing, and in the fragment a code of one use, which no server and no `Referer` is ever
//! told. The first browser that brings the code is remembered by a cookie of its own; any other one is turned away. What the
//! back end wants of the visit stands with the visit, which begins with the link.

use jiff::Timestamp;
use railz_connect_contract::text_id;
use uuid::Uuid;

use super::visit::VisitId;
use crate::clock::seconds_after;
use crate::token::TokenHash;

/// The shortest that a link may live, in seconds.
pub const MIN_LIFETIME_SECONDS: u64 = 60;
/// The longest that a link may live, in seconds: thirty days.
pub const MAX_LIFETIME_SECONDS: u64 = 30 * 24 * 60 * 60;
/// How long a link lives where the back end does not say, in seconds: five days.
pub const DEFAULT_LIFETIME_SECONDS: u64 = 5 * 24 * 60 * 60;

/// For how many seconds after its business was connected the browser that opened it may go on: to the success page, if the page was
/// loaded again before it got there, or to what else was to be connected.
pub const GRACE_SECONDS: u64 = 30 * 60;

/// For how many seconds after its end a link can still say that it is over.
pub const KEPT_SECONDS: u64 = 30 * 24 * 60 * 60;

text_id! {
    /// A link by its id, `LNK-<uuid>`; opens nothing without the code.
    HostedLinkId
}

impl HostedLinkId {
    /// The id of a new link: `LNK-` and this number.
    pub fn from_number(number: Uuid) -> Self {
        Self(format!("LNK-{number}"))
    }
}

/// Whether a link can still be used, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkStanding {
    /// It can.
    Open,
    /// Its time is over.
    Expired,
    /// The back end ended it.
    Revoked,
    /// Its business was connected since it was made.
    Connected,
}

/// A link as stored; the code itself is in the address alone.
#[derive(Clone, Debug)]
pub struct HostedLink {
    /// `LNK-<uuid>`.
    pub id: HostedLinkId,
    /// The visit that it leads into.
    pub visit: VisitId,
    /// The hash of its code.
    pub code: TokenHash,
    /// The hash of the cookie of the browser that brought the code first.
    pub browser: Option<TokenHash>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From this moment on it is over.
    pub expires_at: Timestamp,
    /// When the back end ended it.
    pub revoked_at: Option<Timestamp>,
    /// When its business was connected.
    pub connected_at: Option<Timestamp>,
}

impl HostedLink {
    /// A link into a visit that is made now and lives so many seconds.
    pub fn begin(number: Uuid, visit: VisitId, code: TokenHash, seconds: u64, now: Timestamp) -> Self {
        Self {
            id: HostedLinkId::from_number(number),
            visit,
            code,
            browser: None,
            created_at: now,
            expires_at: seconds_after(now, seconds),
            revoked_at: None,
            connected_at: None,
        }
    }

    /// Whether it can be used at this moment.
    pub fn standing(&self, now: Timestamp) -> LinkStanding {
        if self.revoked_at.is_some() {
            LinkStanding::Revoked
        } else if self.connected_at.is_some() {
            LinkStanding::Connected
        } else if self.expires_at <= now {
            LinkStanding::Expired
        } else {
            LinkStanding::Open
        }
    }

    /// Whether it is over since its business was connected, and the browser that opened it may go on for a while.
    pub fn is_in_grace(&self, now: Timestamp) -> bool {
        let ends = self.connected_at.map(|connected| seconds_after(connected, GRACE_SECONDS));
        self.standing(now) == LinkStanding::Connected
            && self.expires_at > now
            && ends.is_some_and(|ends| now < ends)
    }

    /// For how many more seconds it lives; none where that is over.
    pub fn seconds_left(&self, now: Timestamp) -> u64 {
        u64::try_from(self.expires_at.as_second() - now.as_second()).unwrap_or(0)
    }
}
