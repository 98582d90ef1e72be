//! For whom this server works, and what its customers' back ends can trust.
//!
//! `rights.rs` says what a visit may see and do.
//! `business.rs` answers which business is meant, `visits.rs` gives out the tokens that speak for it. Who may ask for what is
//! said by the routes: `http/session/` for pages, `http/v2/` for back ends. `connection_token.rs` is what a success page
//! receives, `hand_over.rs` signs and redeems it; `signing_key.rs` is one key of the server's own, `key_set.rs` says which of them signs and which are published,
//! `signing_key_rotation.rs` makes and drops them, `jws.rs` has the form of what is signed (RFC 7515).

pub mod business;
pub mod connection_token;
pub mod hand_over;
pub mod jws;
pub mod key_set;
pub mod rights;
pub mod signing_key;
pub mod signing_key_rotation;
pub mod visits;
