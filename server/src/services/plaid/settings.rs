//! What the operator configures of Plaid, and Plaid's own addresses. Knows nobody, so that `config/` can fill it.

use secrecy::SecretString;
use url::Url;

/// Plaid's own script.
pub const SCRIPT: &str = "https://cdn.plaid.com/link/v2/stable/link-initialize.js";
/// Plaid with banks that play.
pub const SANDBOX: &str = "https://sandbox.plaid.com";
/// Plaid with real banks.
pub const PRODUCTION: &str = "https://production.plaid.com";

/// The operator's account at Plaid, and what is asked of banks.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Plaid's `client_id`, the same in both environments.
    pub client: String,
    /// Plaid's `secret`, which differs between sandbox and production.
    pub secret: SecretString,
    /// Where Plaid's calls are, without a slash at the end.
    pub api: String,
    /// The script that opens in the host's page.
    pub script: Url,
    /// The Plaid products that a new link asks for, such as `transactions`.
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
