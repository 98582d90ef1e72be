//! What a service does in its own way, as data: what the callback and the token answer say beside the standard, how long
//! a token lives, how companies are listed. [`STANDARD`] is what the RFCs have; `profiles.rs` says who departs from it.

use serde_json::Value;

use super::company::Company;

/// How a service departs from plain OAuth 2.0.
#[derive(Debug, Clone, Copy)]
pub struct Profile {
    /// What the callback carries beside `code`, `state` and `iss`.
    pub callback: &'static [(&'static str, ExtraValue)],
    /// Whether the callback is signed with the client's secret (Shopify's `hmac`).
    pub signature: Signature,
    /// What the token answer says beside the standard fields.
    pub token: &'static [(&'static str, ExtraValue)],
    /// How long an access token is good for, in seconds.
    pub lifetime: u64,
    /// How the token answer says that.
    pub lifetime_format: LifetimeFormat,
    /// What becomes of a refresh token that was used.
    pub refresh: RefreshRotation,
    /// What an access token looks like.
    pub access: AccessTokenFormat,
    /// How companies are listed, where the service lists them.
    pub list: Option<CompanyList>,
}

/// A value that depends on what was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtraValue {
    /// The id of the company that was chosen.
    CompanyId,
    /// The name of the company that was chosen.
    CompanyName,
    /// The host name of the shop that was asked for.
    Shop,
    /// The service's own address here.
    Issuer,
    /// The same text each time.
    Fixed(&'static str),
}

/// Whether a callback is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    /// Nobody can tell whether it was changed on its way.
    None,
    /// `hmac` over all other parameters, with the client's secret as key.
    Hmac,
}

/// How the token answer says how long the access token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LifetimeFormat {
    /// `expires_in`, a number of seconds.
    Number,
    /// `expires_in`, the seconds as a text.
    Text,
    /// `expires_at`, in RFC 3339.
    Moment,
}

/// What becomes of a refresh token that was used (RFC 6749, section 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefreshRotation {
    /// It is used up, and a new one comes.
    Rotates,
    /// It stays good, and the answer has none.
    Stays,
}

/// What an access token looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessTokenFormat {
    /// Random characters.
    Opaque,
    /// A JWT that names the sign-in it came from (Xero).
    Jwt,
}

/// How a service lists the companies behind an access token.
#[derive(Debug, Clone, Copy)]
pub struct CompanyList {
    /// Which companies are in it.
    pub companies: ListedCompanies,
    /// Writes the answer in the service's own shape.
    pub write: fn(&[Company]) -> Value,
}

/// Which companies a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListedCompanies {
    /// All of the person who signed in.
    AllOfPerson,
    /// The one that was granted.
    GrantedOnly,
}

/// A service that does nothing in its own way, and lists no companies.
pub const STANDARD: Profile = Profile {
    callback: &[],
    signature: Signature::None,
    token: &[],
    lifetime: 3600,
    lifetime_format: LifetimeFormat::Number,
    refresh: RefreshRotation::Rotates,
    access: AccessTokenFormat::Opaque,
    list: None,
};
