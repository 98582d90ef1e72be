//! Sage Intacct: a web services user, checked through the XML gateway, and the entities of its company.
//!
//! `gateway.rs` asks. The sender id is the operator's; the company has
//! to authorise it under Company, Setup, Web Services.

mod gateway;

use secrecy::SecretString;
use url::Url;

pub use gateway::{GatewayAnswer, GatewayError, ask};

/// Sage's own gateway.
pub const GATEWAY: &str = "https://api.intacct.com/ia/xml/xmlgw.phtml";

/// What the operator configured.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The web services sender id.
    pub sender: String,
    /// Its password.
    pub password: SecretString,
    /// Where the gateway is.
    pub gateway: Url,
}
