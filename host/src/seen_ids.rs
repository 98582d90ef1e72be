//! Ids that count once: of connectionTokens (`jti`) and of webhooks. With several processes a real site keeps them in its
//! database, where all of them see them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// The ids that came, each until it cannot come again anyway.
#[derive(Debug, Default)]
pub struct SeenIds(Mutex<HashMap<String, SystemTime>>);

impl SeenIds {
    /// Whether this id comes for the first time. From now on it does not, until `until`.
    pub fn take(&self, id: &str, until: SystemTime, now: SystemTime) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|_, end| *end > now);
        let is_new = !seen.contains_key(id);
        if is_new {
            seen.insert(id.to_owned(), until);
        }
        is_new
    }

    /// Forgets an id whose work could not be done, so that it may come again.
    pub fn release(&self, id: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_id_counts_once_until_it_is_forgotten() {
        let (seen, now) = (SeenIds::default(), SystemTime::UNIX_EPOCH);
        let (soon, later) = (now + Duration::from_mins(10), now + Duration::from_mins(11));
        assert!(seen.take("a", soon, now));
        assert!(!seen.take("a", soon, now), "the second time");
        assert!(seen.take("b", soon, now));
        assert!(seen.take("a", later, later), "long after");
        seen.release("b");
        assert!(seen.take("b", soon, now));
    }
}
