//! What the operator configures of Sage Intacct. Knows nobody, so that `config/` can fill it.

use secrecy::SecretString;
use url::Url;

/// Sage's own gateway.
pub const GATEWAY: &str = "https://api.intacct.com/ia/xml/xmlgw.phtml";

/// The operator's web services sender at Sage.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The web services sender id.
    pub sender: String,
    /// The sender's password; the company's own users never see it.
    pub password: SecretString,
    /// The XML gateway that credentials are tried at.
    pub gateway: Url,
}
