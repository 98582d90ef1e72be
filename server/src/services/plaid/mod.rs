//! Plaid: banks, linked by a script in the host's page. The server makes the script's token, exchanges what comes back,
//! and asks now and then whether the bank still lets it in.
//!
//! `client.rs` speaks to Plaid, `link_token.rs` and `link.rs` link, `update_mode.rs` renews, `item.rs` is what is kept of a
//! bank, `bank_connection.rs` its connection, `health.rs` asks how it is. A business may have several banks, each a connection
//! of its own.

mod bank_connection;
mod client;
mod health;
mod item;
mod link;
mod link_error;
mod link_token;
mod update_mode;

use secrecy::SecretString;
use url::Url;

pub use client::{PlaidClientError, PlaidError};
pub use health::look_after;
pub use item::Bank;
pub use link::link_bank;
pub use link_error::LinkError;
pub use link_token::{LinkTokenOptions, create_link_token};
pub use update_mode::finish_update;

/// Plaid's own script.
pub const SCRIPT: &str = "https://cdn.plaid.com/link/v2/stable/link-initialize.js";
/// Plaid with banks that play.
pub const SANDBOX: &str = "https://sandbox.plaid.com";
/// Plaid with real banks.
pub const PRODUCTION: &str = "https://production.plaid.com";

/// What the operator configured.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The client id.
    pub client: String,
    /// The secret of the environment.
    pub secret: SecretString,
    /// Where Plaid's calls are, without a slash at the end.
    pub api: String,
    /// The script that opens in the host's page.
    pub script: Url,
    /// What a new link asks for.
    pub products: Vec<String>,
    /// In which countries the banks are, where the page does not say it.
    pub countries: Vec<String>,
    /// As people know it, in the picker.
    pub name: String,
    /// For how many seconds what a bank said of itself is believed when a session opens.
    pub check_after: u64,
}

/// A country's code (ISO 3166-1, two capital letters).
pub fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}
