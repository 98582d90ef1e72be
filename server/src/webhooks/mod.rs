//! Tells customers' back ends what happened to connections and businesses.
//!
//! What happened is written down by triggers of the database, within the transaction of the change
//! (`docs/adr/0008-triggers-write-the-outbox.md`). From there on: `delivery.rs` takes what is due and posts it, signed
//! (`signing.rs`) with the webhook's secret (`secret.rs`), to its address (`address.rs`); `registration.rs` makes webhooks and
//! rotates their secrets. No request is made while a transaction is open.

pub mod address;
pub mod delivery;
pub mod registration;
pub mod secret;
pub mod signing;
