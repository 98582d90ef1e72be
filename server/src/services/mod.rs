//! Everything about accounting services and banks.
//!
//! `catalog.rs` says which there are, `settings.rs` what the operator configured. `oauth/` connects most of them; one folder
//! each for those that work otherwise, whose routes stand in `http/` under the same name. `begin.rs` makes the connection
//! that is to be proved, `prove.rs` makes it stand, `http_client.rs` is the way out to all of them.

pub mod begin;
pub mod catalog;
pub mod http_client;
pub mod intacct;
pub mod listing;
pub mod netsuite;
pub mod oauth;
pub mod plaid;
pub mod prove;
pub mod public_only;
pub mod quickbooks_desktop;
pub mod settings;
pub mod xml;
