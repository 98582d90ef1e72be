//! Which connections' tokens were renewed just now because their service refused them, so that a service which says 401 to
//! everything is not asked for a new token with every call: some give ten in ten minutes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use railz_connect_contract::ConnectionId;

use crate::clock::seconds_after;

/// How long a token that was renewed for this reason is taken for a good one, in seconds.
const TRUSTED_SECONDS: u64 = 60;

/// When each connection's token was last renewed for this reason, for as long as that counts.
#[derive(Debug, Default)]
pub struct ForcedRenewals(Mutex<HashMap<ConnectionId, Timestamp>>);

impl ForcedRenewals {
    /// Whether a connection's token may be renewed now because it was refused; from here on it counts as renewed.
    pub fn may_renew(&self, connection: &ConnectionId, now: Timestamp) -> bool {
        let mut renewed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        renewed.retain(|_, at| seconds_after(*at, TRUSTED_SECONDS) > now);
        if renewed.contains_key(connection) {
            return false;
        }
        renewed.insert(connection.clone(), now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connections_token_is_renewed_for_this_once_a_minute() {
        let renewed = ForcedRenewals::default();
        let (one, two) = (ConnectionId::new("CON-1"), ConnectionId::new("CON-2"));
        let now = Timestamp::UNIX_EPOCH;
        assert!(renewed.may_renew(&one, now) && renewed.may_renew(&two, now));
        assert!(!renewed.may_renew(&one, seconds_after(now, 59)));
        assert!(renewed.may_renew(&one, seconds_after(now, 60)));
    }
}
