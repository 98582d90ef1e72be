//! One at a time a connection: whoever refreshes its token holds its lock, so that a refresh token that is good once is
//! not used twice by one server; and of sign-ins that come back at once one after the other is judged.

use std::collections::HashMap;
use std::sync::{Arc, Weak};

use railz_connect_contract::ConnectionId;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// The locks of those connections that somebody holds or waits for.
#[derive(Debug, Default)]
pub struct ConnectionLocks(Mutex<HashMap<ConnectionId, Weak<Mutex<()>>>>);

impl ConnectionLocks {
    /// Waits until nobody else holds a connection's lock, and holds it until the guard is dropped.
    pub async fn lock(&self, connection: &ConnectionId) -> OwnedMutexGuard<()> {
        let lock = {
            let mut locks = self.0.lock().await;
            locks.retain(|_, lock| lock.strong_count() > 0);
            let lock = locks.get(connection).and_then(Weak::upgrade).unwrap_or_default();
            locks.insert(connection.clone(), Arc::downgrade(&lock));
            lock
        };
        lock.lock_owned().await
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    #[tokio::test]
    async fn a_connection_is_held_by_one_and_others_are_free() {
        let locks = ConnectionLocks::default();
        let (one, two) = (ConnectionId::new("CON-1"), ConnectionId::new("CON-2"));
        let held = locks.lock(&one).await;
        let wait = Duration::from_millis(20);
        assert!(timeout(wait, locks.lock(&two)).await.is_ok());
        assert!(timeout(wait, locks.lock(&one)).await.is_err());
        drop(held);
        assert!(timeout(wait, locks.lock(&one)).await.is_ok());
    }
}
