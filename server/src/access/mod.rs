//! What the host's back end can trust: the server's signing keys, and what is signed with them.
//!
//! `signing_key.rs` is one key, `key_set.rs` which of them signs and which are published,
//! `rotation.rs` makes and drops them, `jws.rs` the form of what is
//! signed (RFC 7515), `connection_token.rs` what a success page receives.

pub mod jws;
pub mod key_set;
pub mod rotation;
pub mod signing_key;
