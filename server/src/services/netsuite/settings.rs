//! What the operator configures of NetSuite. `config/` fills it.

use secrecy::SecretString;

use super::address::AddressPattern;

/// The operator's integration record in NetSuite, and where accounts may live.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The consumer key of the integration record.
    pub consumer_key: String,
    /// The consumer secret that belongs to the key.
    pub consumer_secret: SecretString,
    /// Which addresses a person may type.
    pub addresses: Vec<AddressPattern>,
}
