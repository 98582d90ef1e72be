//! Where a service's API lives, and how calls to it carry the token. Data, as in `profile.rs`; `connection_api.rs` fills it in
//! for one connection.

use super::address_template::AddressTemplate;
use super::lookup_profile::TokenHeader;

/// A service's API as its documentation has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiProfile {
    /// What every address of it begins with. `{company}` is the connected company's id; other variables are those of the
    /// service's addresses, such as the environment or the shop.
    pub base: AddressTemplate,
    /// How the access token travels.
    pub token_header: TokenHeader,
    /// Headers beside those of the token, such as the one that names the company: name, and value with variables.
    pub headers: Vec<(String, String)>,
}

impl ApiProfile {
    /// One that takes bearer tokens (RFC 6750).
    pub fn at(base: AddressTemplate) -> Self {
        Self { base, token_header: TokenHeader::Authorization("Bearer".to_owned()), headers: Vec::new() }
    }
}
