//! Everything about accounting services and banks.
//!
//! `catalog.rs` says which there are, `settings.rs` what the operator configured. `oauth/` connects most of them; one
//! folder each for those that work otherwise, whose routes stand in `http/` under the same name. `non_oauth_connection.rs` makes the
//! connection that such a folder is to connect, `sign_in_target.rs` says which one is meant, `company.rs` binds every
//! connection to its company, `company_beside.rs` says whether that one is connected already, `revocation.rs` gives back what
//! a back end ended, `proxy/` passes a back end's calls on, `sandbox/` answers in a service's place, `http_client.rs` is the
//! way out to all of them.

pub mod catalog;
pub mod company;
mod company_beside;
pub mod expired_choices;
pub mod http_client;
pub mod intacct;
pub mod netsuite;
pub mod non_oauth_connection;
pub mod oauth;
pub mod plaid;
pub mod proxy;
pub mod public_only;
pub mod quickbooks_desktop;
pub mod revocation;
pub mod revocation_outcome;
pub mod sandbox;
pub mod settings;
pub mod sign_in_target;
pub mod xml;
