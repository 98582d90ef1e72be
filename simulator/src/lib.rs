//! The practice provider: an OAuth 2.0 authorisation server on whose consent page the person picks how a sign-in goes,
//! and counterparts of the services without plain OAuth. Every service id in the path wears that service's name.
//!
//! `http/` has the addresses, `oauth/` the rules, `store/` the memory, `pages/` what people see, `services/` what each
//! service does in its own way. `netsuite`, `intacct`, `plaid` and `web_connector` check what the real ones check and
//! answer in their form; tests mount them alone. Which credentials are good stands in each module.

pub mod clock;
pub mod http;
pub mod intacct;
pub mod netsuite;
pub mod oauth;
mod pages;
pub mod plaid;
pub mod random;
mod services;
mod store;
#[cfg(test)]
mod tests;
pub mod web_connector;
