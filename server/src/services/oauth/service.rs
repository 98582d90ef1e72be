//! A service that is connected by OAuth, as data: what the operator configured over what is built in.
//!
//! `builtin/` are the tables of built-in defaults, `profile.rs` is what a service can do in its own way,
//! `address_template.rs` fills the variables of addresses, `question.rs` checks the answer that is needed before a sign-in.

use super::address_template::AddressTemplate;
use super::profile::Profile;
use crate::access::rights::CompanyCheck;
use railz_connect_contract::{ServiceKind, ServiceName};
use secrecy::SecretString;
use url::Url;

/// A service that this server can send people to.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its service name in the contract, such as `quickbooks`.
    pub id: ServiceName,
    /// Its name for people, built in or as the operator writes it.
    pub name: String,
    /// The kind under which the picker lists it.
    pub kind: ServiceKind,
    /// A picture of it, where the operator supplies one.
    pub logo_url: Option<Url>,
    /// The application that is registered there.
    pub client: Client,
    /// Its authorisation, token and revocation endpoints.
    pub addresses: Addresses,
    /// The scopes that a sign-in asks for.
    pub scopes: Vec<String>,
    /// What stands between two scopes: a space by RFC 6749, a comma for a few.
    pub scope_separator: String,
    /// Query parameters that it wants beside the standard ones.
    pub authorize_parameters: Vec<(String, String)>,
    /// How it names itself in its answers.
    pub issuer: Issuer,
    /// Where it sends browsers back to.
    pub callback: CallbackAddress,
    /// What it does in its own way.
    pub profile: Profile,
}

/// How a service names itself in the callback's `iss` (RFC 9207).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Issuer {
    /// Not known: an `iss` that comes must be of the same origin as one of the service's own endpoints.
    Unknown,
    /// Where `iss` comes, it must be this.
    IfSent(String),
    /// `iss` must come and be this.
    Required(String),
}

/// The OAuth client: the application that the operator registered with a service.
#[derive(Clone, Debug)]
pub struct Client {
    /// OAuth's `client_id`, as the service gave it to the operator.
    pub id: String,
    /// OAuth's `client_secret`.
    pub secret: SecretString,
    /// How the secret travels.
    pub authentication: ClientAuthentication,
}

/// How a client proves itself at the token endpoint (RFC 6749 section 2.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// HTTP Basic: id and secret in the `Authorization` header.
    Basic,
    /// `client_id` and `client_secret` in the request's body.
    Post,
}

/// A service's OAuth endpoints, perhaps with variables such as the shop or the region.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// Where the browser goes.
    pub authorize: AddressTemplate,
    /// Where this server goes with the code.
    pub token: AddressTemplate,
    /// Where this server takes tokens back.
    pub revoke: Option<AddressTemplate>,
}

/// To which of this server's addresses a service sends browsers back: the redirect URI that is registered there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CallbackAddress {
    /// `/oauth/callback`, which services share.
    #[default]
    Shared,
    /// `/oauth/callback/{service}`, at which no other service's answer counts (RFC 9700 section 4.4.2.2).
    Own,
}

impl Service {
    /// The path of the redirect URI, below the server's public address.
    pub fn callback_path(&self) -> String {
        match self.callback {
            CallbackAddress::Shared => "/oauth/callback".to_owned(),
            CallbackAddress::Own => format!("/oauth/callback/{}", self.id),
        }
    }

    /// Whether another company than before is found out.
    pub fn company_check(&self) -> CompanyCheck {
        if self.profile.companies.is_empty() { CompanyCheck::Impossible } else { CompanyCheck::Possible }
    }

    /// Whether an answer counts that came to the address of this service, or to the shared one. A service without an
    /// address of its own may use either: an operator registers the new one first.
    pub fn accepts_callback_at(&self, own: Option<&ServiceName>) -> bool {
        match own {
            Some(named) => *named == self.id,
            None => self.callback == CallbackAddress::Shared,
        }
    }
}
