//! The vault: what is sealed opens only as what it was sealed for, with a key of the ring.

use connect_server::vault::{Field, Key, KeyRing, OpenError, Sealed, Vault};
use secrecy::ExposeSecret;

fn key() -> Key {
    Key::generate().unwrap()
}

fn vault(ring: KeyRing) -> Vault {
    Vault::new(ring)
}

fn one() -> (Vault, Sealed) {
    let vault = vault(KeyRing::new(key(), []));
    let sealed = vault.seal("CON-1", Field::AccessToken, &"token".into()).unwrap();
    (vault, sealed)
}

#[test]
fn what_is_sealed_opens_as_what_it_was() {
    let (vault, sealed) = one();
    let opened = vault.open("CON-1", Field::AccessToken, &sealed).unwrap();
    assert_eq!(opened.expose_secret(), "token");
    let empty = vault.seal("CON-1", Field::AccessToken, &String::new().into()).unwrap();
    assert_eq!(vault.open("CON-1", Field::AccessToken, &empty).unwrap().expose_secret(), "");
}

#[test]
fn the_same_text_never_seals_to_the_same_bytes() {
    let (vault, sealed) = one();
    let again = vault.seal("CON-1", Field::AccessToken, &"token".into()).unwrap();
    assert_ne!(sealed, again);
}

#[test]
fn any_changed_byte_keeps_it_shut() {
    let (vault, sealed) = one();
    for place in 0..sealed.as_bytes().len() {
        let mut bytes = sealed.as_bytes().to_vec();
        bytes[place] ^= 1;
        if let Ok(changed) = Sealed::try_from(bytes) {
            assert!(vault.open("CON-1", Field::AccessToken, &changed).is_err(), "byte {place}");
        } else {
            assert_eq!(place, 0, "only the version is checked before opening");
        }
    }
}

#[test]
fn a_value_that_is_cut_short_or_of_another_version_is_none() {
    let (_, sealed) = one();
    for length in 0..sealed.as_bytes().len() - "token".len() {
        assert!(Sealed::try_from(sealed.as_bytes()[..length].to_vec()).is_err(), "{length} bytes");
    }
}

#[test]
fn it_opens_in_its_own_row_and_field_only() {
    let (vault, sealed) = one();
    for (record, field) in
        [("CON-2", Field::AccessToken), ("CON-1", Field::RefreshToken), ("CON-1", Field::Verifier)]
    {
        let refused = vault.open(record, field, &sealed).unwrap_err();
        assert!(matches!(refused, OpenError::NotGenuine { .. }), "{record} {field:?}: {refused}");
    }
}

#[test]
fn another_key_says_which_one_is_missing() {
    let (vault_, sealed) = one();
    let other = vault(KeyRing::new(key(), []));
    let refused = other.open("CON-1", Field::AccessToken, &sealed).unwrap_err();
    assert_eq!(refused, OpenError::UnknownKey(vault_.sealing_key()));
    assert!(refused.to_string().contains(&sealed.key().to_string()));
}

#[test]
fn after_a_new_key_the_old_one_still_opens_and_the_new_one_seals() {
    let text = "w8nXkqTzJmV0m1n6m0m0H8l3gq0bS5rP2vZ9c4d7e1E=";
    let old = Key::parse(text).unwrap();
    let before = vault(KeyRing::new(old, []));
    let sealed = before.seal("CON-1", Field::AccessToken, &"token".into()).unwrap();
    let after = vault(KeyRing::new(key(), [Key::parse(text).unwrap()]));
    assert_eq!(after.open("CON-1", Field::AccessToken, &sealed).unwrap().expose_secret(), "token");
    let resealed = after.seal("CON-1", Field::AccessToken, &"token".into()).unwrap();
    assert_eq!(resealed.key(), after.sealing_key());
    assert!(before.open("CON-1", Field::AccessToken, &resealed).is_err());
}

#[test]
fn nothing_secret_prints() {
    let text = "w8nXkqTzJmV0m1n6m0m0H8l3gq0bS5rP2vZ9c4d7e1E=";
    let key = Key::parse(text).unwrap();
    let printed = format!("{key:?} {:?}", KeyRing::new(Key::parse(text).unwrap(), []));
    assert!(printed.contains(&key.id().to_string()));
    assert!(!printed.contains(text) && !printed.contains("195"), "{printed}");
    let (_, sealed) = one();
    assert_eq!(format!("{sealed:?}"), format!("Sealed(key {})", sealed.key()));
}

#[test]
fn what_is_no_key_is_refused_with_how_to_make_one() {
    for text in ["", "short", "AAAA", "not base64 at all, but long enough to be one!!"] {
        let refused = Key::parse(text).unwrap_err().to_string();
        assert!(refused.contains("openssl rand -base64 32"), "{refused}");
    }
}
