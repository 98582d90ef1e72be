//! Sage Intacct: a web services user, checked through the XML gateway, and the entities of its company.
//!
//! `gateway.rs` asks. The sender id is the operator's; the company has
//! to authorise it under Company, Setup, Web Services.

mod gateway;
pub mod settings;

pub use gateway::{GatewayError, GatewayResponse, ask};
