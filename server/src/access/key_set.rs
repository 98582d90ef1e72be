//! Which key signs, and which are published (RFC 7517): keys take turns, and a new one is published before it signs.
//!
//! Whoever checks tokens may keep the set for a day: a key is published a day before it signs anything, and stays for a
//! day after the last token that it signed. `signing_key_rotation.rs` makes and drops them.

use std::cmp::Reverse;

use jiff::Timestamp;

use super::signing_key::{Jwk, Thumbprint, VerifyingKey};
use crate::clock::{seconds_after, seconds_before};
use crate::vault::Sealed;

/// For how many seconds a key signs: ninety days.
pub const SIGNS_FOR: u64 = 90 * DAY;

/// For how many seconds a key is published before it signs, and after it was the last to sign.
pub const OVERLAP: u64 = DAY;

const DAY: u64 = 24 * 60 * 60;

/// A signing key as it is stored.
#[derive(Clone, Debug)]
pub struct StoredSigningKey {
    /// The half that is published.
    pub public: VerifyingKey,
    /// What the private half is made from, sealed for the record of its [`Thumbprint`].
    pub seed: Sealed,
    /// From when on it signs; until then it is only published.
    pub signs_from: Timestamp,
}

/// The keys of one moment, the one that signs last first.
#[derive(Clone, Debug, Default)]
pub struct KeySet(Vec<StoredSigningKey>);

impl KeySet {
    /// The set of these keys, in whatever order.
    pub fn new(mut keys: Vec<StoredSigningKey>) -> Self {
        keys.sort_by_key(|key| Reverse(key.signs_from));
        Self(keys)
    }

    /// The key that signs at this moment.
    pub fn signing(&self, now: Timestamp) -> Option<&StoredSigningKey> {
        self.0.iter().find(|key| key.signs_from <= now)
    }

    /// The keys as they are published.
    pub fn to_jwks(&self) -> Vec<Jwk> {
        self.0.iter().map(|key| key.public.to_jwk()).collect()
    }

    /// A published key by its name.
    pub fn find(&self, id: &Thumbprint) -> Option<&VerifyingKey> {
        self.0.iter().map(|key| &key.public).find(|key| key.thumbprint() == *id)
    }

    /// When the next key is to begin to sign, where it is time to publish one.
    pub fn next_due(&self, now: Timestamp) -> Option<Timestamp> {
        match self.0.first() {
            None => Some(now),
            Some(newest) if seconds_after(newest.signs_from, SIGNS_FOR - OVERLAP) <= now => {
                Some(seconds_after(now, OVERLAP))
            }
            Some(_) => None,
        }
    }

    /// The keys that nobody can need any more: their successor has been signing for longer than the overlap.
    pub fn outlived(&self, now: Timestamp) -> Vec<Thumbprint> {
        let successor = self.0.iter().position(|key| key.signs_from <= seconds_before(now, OVERLAP));
        successor
            .map_or_else(Vec::new, |at| self.0[at + 1..].iter().map(|key| key.public.thumbprint()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::signing_key::SigningKey;
    use crate::vault::{Field, Key, KeyRing, Vault};

    fn at(day: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + day * 24 * 60 * 60).expect("a moment")
    }

    fn key(signs_from: Timestamp) -> StoredSigningKey {
        let vault = Vault::new(KeyRing::new(Key::generate().expect("random bytes"), []));
        let key = SigningKey::generate().expect("random bytes");
        let seed = vault.seal("record", Field::SigningKey, key.seed()).expect("sealed");
        StoredSigningKey { public: key.verifying_key(), seed, signs_from }
    }

    #[test]
    fn the_first_key_signs_at_once() {
        assert_eq!(KeySet::default().next_due(at(0)), Some(at(0)));
    }

    #[test]
    fn the_next_key_is_published_a_day_before_it_signs() {
        let first = key(at(0));
        let set = KeySet::new(vec![first.clone()]);
        assert_eq!(set.next_due(at(88)), None);
        assert_eq!(set.next_due(at(89)), Some(at(90)));
        let set = KeySet::new(vec![first.clone(), key(at(90))]);
        assert_eq!(set.next_due(at(89)), None);
        assert_eq!(set.signing(at(89)).map(|key| &key.public), Some(&first.public));
        assert_eq!(set.to_jwks().len(), 2);
    }

    #[test]
    fn an_old_key_stays_for_a_day_after_its_successor_began() {
        let (first, second) = (key(at(0)), key(at(90)));
        let set = KeySet::new(vec![second.clone(), first.clone()]);
        assert_eq!(set.signing(at(90)).map(|key| &key.public), Some(&second.public));
        assert!(set.outlived(at(90)).is_empty() && set.find(&first.public.thumbprint()).is_some());
        assert_eq!(set.outlived(at(91)), [first.public.thumbprint()]);
    }
}
