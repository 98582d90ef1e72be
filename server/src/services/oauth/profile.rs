//! What services do each in their own way, beside plain OAuth.
//!
//! All of it is data: `builtin/` fills it for the built-in services, the configuration may override addresses and add
//! the same profile to services of its own. `oauth/` acts on it.

use railz_connect_contract::ExtraConfigurations;

use super::address_template::AddressTemplate;
use super::api_profile::ApiProfile;
use super::lookup_profile::{CompanyLookup, DetailPositions};
use super::question::Question;
use crate::domain::company::AddressVariables;

/// A service's profile. The default is a plain service by the book.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// What is asked before the browser can be sent.
    pub question: Option<Question>,
    /// Where the service lives, the usual region first; each fills the variables of the addresses.
    pub regions: Vec<Region>,
    /// The callback's parameter that names the region, and the variable it is compared with.
    pub region_by: Option<(String, String)>,
    /// The callback's parameter that must repeat what was asked, and the form in which it does.
    pub echo: Option<(String, String)>,
    /// Whether the callback is signed.
    pub signature: Signature,
    /// Whether a PKCE challenge is sent.
    pub pkce: Pkce,
    /// Variables from the access token's own claims, where it is a JWT: variable and claim.
    pub claims: Vec<(String, String)>,
    /// Parameters of the exchange beside the standard ones.
    pub code_parameters: Vec<(String, String)>,
    /// Parameters of a refresh beside the standard ones.
    pub refresh_parameters: Vec<(String, String)>,
    /// Where the companies are told: the first source that tells any is taken. Empty where nobody tells them.
    pub companies: Vec<CompanySource>,
    /// How one company is asked for with the token: it confirms what a callback named, and tells more of it.
    pub lookup: Option<CompanyLookup>,
    /// Where its API lives, and how calls to it carry the token; nothing where nobody said.
    pub api: Option<ApiProfile>,
    /// Who decides among several companies.
    pub company_choice: CompanyChoice,
    /// Which extra steps a widget shows after the choice, where the service has any.
    pub steps: Option<ExtraConfigurations>,
    /// Whether a refresh token is good once.
    pub rotation: Rotation,
    /// For how many seconds a refresh token is good unless it is used, where the token answer does not say.
    pub refresh_token_seconds: Option<u64>,
    /// Beginnings of scopes that others bring along, unnamed in the answer: what was asked, and what includes it.
    pub included_scopes: Vec<(String, String)>,
    /// What a revocation ends.
    pub revocation: Revocation,
    /// How a token is revoked.
    pub revocation_request: RevocationRequest,
}

/// A region: a name, and the values of variables there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Region {
    /// The word that `region` names it by in the configuration.
    pub name: String,
    /// What the variables in addresses stand for there.
    pub variables: AddressVariables,
}

/// Whether a callback is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signature {
    /// Callbacks are not signed; `state` and cookie alone bind them.
    #[default]
    None,
    /// `hmac`: HMAC-SHA256 in hex over the other parameters in order, with the client's secret (Shopify).
    HmacOfQuery,
}

/// Whether a PKCE challenge is sent (RFC 7636).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pkce {
    /// Always; services that do not know it ignore it (RFC 6749 section 3.1).
    #[default]
    S256,
    /// Never, since the service takes a challenge for a sign of a public client.
    Off,
}

/// Where a service tells the companies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompanySource {
    /// In the callback's query, which anybody may have edited: a hint, until the lookup or a list confirms it with the token.
    Callback {
        /// The query parameter with the company's id.
        id: String,
    },
    /// In the token answer: the field with the id.
    Token {
        /// The field of the token response that holds the company's id.
        id: String,
    },
    /// It is what was asked before.
    Asked,
    /// In a list to be fetched with the access token.
    List(CompanyListing),
}

/// A list of companies, fetched in one or more requests: each request's items fill variables of the next one's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyListing {
    /// The requests; the last one's items are the companies.
    pub requests: Vec<ListRequest>,
    /// The word before the token in the `Authorization` header.
    pub scheme: String,
    /// Headers beside `Authorization` and `Accept`: name, and value with variables.
    pub headers: Vec<(String, String)>,
    /// By which sign-ins the companies in it were granted.
    pub granted: Granted,
}

/// By which sign-ins companies were granted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Granted {
    /// By this one; the first of them may be taken.
    #[default]
    Now,
    /// By this one or an earlier one of the same person: of several none may be taken for the one that was meant.
    NowOrBefore,
}

/// One request of a listing. Positions are JSON pointers (RFC 6901).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRequest {
    /// The address that is fetched; variables are filled from what is known so far.
    pub address: AddressTemplate,
    /// Query parameters; those whose variables have no value are left out.
    pub query: Vec<(String, String)>,
    /// Where the items are in the answer.
    pub items: String,
    /// Where the id is in an item. Several make one id, joined by a slash; `{variable}` is a variable's value.
    pub id: Vec<String>,
    /// Where the name is in an item; the first that is there.
    pub label: Vec<String>,
    /// Where the number for people is in an item, where there is one.
    pub number: Option<String>,
    /// Variables that an item fills: variable and position.
    pub keep: Vec<(String, String)>,
    /// Where an item says more of the company.
    pub details: DetailPositions,
}

/// Who decides among several companies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CompanyChoice {
    /// Nobody: the first one that was granted is taken, and the same one again afterwards.
    #[default]
    FirstGranted,
    /// The person, where the widget shows a choice and the sign-in opens several; else nobody, as above.
    ByPersonIfSeveral(ListShape),
    /// The person, on a screen of the widget (a held service); the shape in which the list is sent.
    ByPerson(ListShape),
}

/// The shape in which choices are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListShape {
    /// `{items: [{id, label}]}`
    Items,
    /// `{id: label}`, for `FreshBooks` alone.
    ById,
}

/// Whether a refresh token is good once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rotation {
    /// Each use gives a new one and ends the old one: an answer that gets lost ends the authorisation.
    #[default]
    SingleUse,
    /// It stays the same until it is revoked.
    Kept,
}

/// What a revocation ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Revocation {
    /// The grant of this token alone (RFC 7009), so that replaced and refused grants are given back.
    #[default]
    ThisGrant,
    /// The application's whole access to the company, newer grants included: nothing is given back by itself.
    WholeAccess,
}

/// How a token is given back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RevocationRequest {
    /// The refresh token in a form, with the client's proof as at the token endpoint (RFC 7009 section 2.1).
    #[default]
    Standard,
    /// The access token in JSON, with `Authorization: Client <secret>` (Square).
    ClientHeader,
}

impl Profile {
    /// The usual region's values.
    pub fn usual_variables(&self) -> AddressVariables {
        self.regions.first().map(|region| region.variables.clone()).unwrap_or_default()
    }
}
