//! A map that holds a limited number of entries: the oldest makes room for the newest.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
};

/// At most `limit` values under text keys.
pub struct Bounded<V> {
    limit: usize,
    next: u64,
    values: HashMap<String, (u64, V)>,
    order: BTreeMap<u64, String>,
}

impl<V> Bounded<V> {
    /// An empty map for at most `limit` entries.
    pub fn new(limit: usize) -> Self {
        Self { limit, next: 0, values: HashMap::new(), order: BTreeMap::new() }
    }

    /// Puts `value` in as the newest entry, in place of one under the same key.
    pub fn insert(&mut self, key: String, value: V) {
        if let Some((old, _)) = self.values.remove(&key) {
            self.order.remove(&old);
        }
        while self.values.len() >= self.limit {
            let Some((_, oldest)) = self.order.pop_first() else { break };
            self.values.remove(&oldest);
        }
        self.order.insert(self.next, key.clone());
        self.values.insert(key, (self.next, value));
        self.next += 1;
    }

    /// The value under `key`.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.values.get(key).map(|(_, value)| value)
    }

    /// The value under `key`, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        self.values.get_mut(key).map(|(_, value)| value)
    }

    /// Takes the value under `key` out.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        let (place, value) = self.values.remove(key)?;
        self.order.remove(&place);
        Some(value)
    }
}

// Keys are codes and tokens: they are not printed.
impl<V> fmt::Debug for Bounded<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bounded({} of {})", self.values.len(), self.limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_makes_room() {
        let mut map = Bounded::new(2);
        for key in ["a", "b", "a", "c"] {
            map.insert(key.to_owned(), ());
        }
        assert!(map.get("b").is_none());
        assert!(map.get("a").is_some() && map.get("c").is_some());
    }

    #[test]
    fn what_was_taken_out_leaves_room() {
        let mut map = Bounded::new(1);
        map.insert("a".to_owned(), 1);
        assert_eq!(map.remove("a"), Some(1));
        map.insert("b".to_owned(), 2);
        assert_eq!(map.get("b"), Some(&2));
        assert_eq!(map.order.len(), 1);
    }
}
