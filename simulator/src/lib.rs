//! Practice counterparts of services without plain OAuth, as routers: the practice provider serves them beside its
//! OAuth pages, and tests mount them on loopback.
//!
//! They check what the real ones check and answer in their form. Which credentials are good stands in each module.

pub mod intacct;
pub mod netsuite;
pub mod plaid;
pub mod web_connector;
pub mod world;
