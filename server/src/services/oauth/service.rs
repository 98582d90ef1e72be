//! The services a person can connect, as data: what the operator configured over what is built in.
//!
//! `known/` are the tables of built-in defaults, `profile.rs` is what a service can do in its own way, `address.rs` fills
//! the variables of addresses, `question.rs` checks what is asked before a sign-in.

use std::fmt;

use super::address_template::AddressTemplate;
use super::builtin;
use super::profile::Profile;
use railz_connect_contract::{ExtraConfigurations, ServiceKind, ServiceName};
use secrecy::SecretString;
use url::Url;

/// A service that this server can send people to.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its id in the contract.
    pub id: ServiceName,
    /// Its name for people.
    pub name: String,
    /// Which family it belongs to.
    pub kind: ServiceKind,
    /// A picture of it, where the operator supplies one.
    pub logo_url: Option<Url>,
    /// Who we are to it.
    pub client: Client,
    /// Where its OAuth lives.
    pub addresses: Addresses,
    /// What we ask for.
    pub scopes: Vec<String>,
    /// What stands between two scopes: a space by RFC 6749, a comma for a few.
    pub scope_separator: String,
    /// Query parameters that it wants beside the standard ones.
    pub authorize_parameters: Vec<(String, String)>,
    /// How it names itself in its answers.
    pub issuer: Issuer,
    /// What it does in its own way.
    pub profile: Profile,
}

/// Who we are to a service.
#[derive(Clone, Debug)]
pub struct Client {
    /// The public half.
    pub id: String,
    /// The secret half.
    pub secret: SecretString,
    /// How the secret travels.
    pub authentication: ClientAuthentication,
}

/// How a client proves itself at the token endpoint (RFC 6749 section 2.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// In the `Authorization` header.
    Basic,
    /// In the body.
    Post,
}

/// Where a service's OAuth lives.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// Where the browser goes.
    pub authorize: AddressTemplate,
    /// Where this server goes with the code.
    pub token: AddressTemplate,
    /// Where this server takes tokens back.
    pub revoke: Option<AddressTemplate>,
}

/// How a service names itself in the callback's `iss` (RFC 9207).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Issuer {
    /// Not known; nothing is compared.
    Unknown,
    /// Where `iss` comes, it must be this.
    IfSent(String),
    /// `iss` must come and be this.
    Required(String),
}

/// The callback names the wrong issuer, or none where one is due.
#[derive(Debug, PartialEq, Eq)]
pub struct IssuerError {
    /// What came.
    pub came: Option<String>,
    /// What should have come.
    pub due: String,
}

impl fmt::Display for IssuerError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.came {
            Some(came) => write!(formatter, "iss is {came:?}, where {:?} is due", self.due),
            None => write!(formatter, "iss is missing, where {:?} is due", self.due),
        }
    }
}

impl Issuer {
    /// Compares what came, letter by letter (RFC 9207 section 2.4).
    ///
    /// # Errors
    /// [`IssuerError`].
    pub fn check(&self, came: Option<&str>) -> Result<(), IssuerError> {
        match (self, came) {
            (Self::Unknown, _) | (Self::IfSent(_), None) => Ok(()),
            (Self::IfSent(due) | Self::Required(due), Some(came)) if came == due => Ok(()),
            (Self::IfSent(due) | Self::Required(due), came) => {
                Err(IssuerError { came: came.map(str::to_owned), due: due.clone() })
            }
        }
    }
}

/// All configured services, in the order in which a picker lists them.
#[derive(Clone, Debug, Default)]
pub struct OauthServices(Vec<Service>);

impl OauthServices {
    /// A registry of these.
    pub fn new(services: Vec<Service>) -> Self {
        Self(services)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Service> {
        self.0.iter()
    }

    /// The service of this id.
    pub fn get(&self, id: &ServiceName) -> Option<&Service> {
        self.0.iter().find(|service| &service.id == id)
    }

    /// The services whose data the sandbox can play: the accounting ones that are configured or built in.
    pub fn playable(&self) -> Vec<Playable> {
        let configured = self
            .iter()
            .filter(|service| service.kind == ServiceKind::Accounting)
            .map(|service| Playable { id: service.id.clone(), name: service.name.clone() });
        let built_in = builtin::all()
            .filter(|known| known.kind == ServiceKind::Accounting)
            .filter(|known| self.get(&ServiceName::new(known.id)).is_none())
            .map(|known| Playable { id: ServiceName::new(known.id), name: known.name.to_owned() });
        configured.chain(built_in).chain(crate::services::settings::playable()).collect()
    }

    /// Which further steps a widget asks behind a choice at this service, configured or played.
    pub fn steps(&self, id: &ServiceName) -> Option<ExtraConfigurations> {
        match self.get(id) {
            Some(service) => service.profile.steps,
            None => builtin::get(id.as_str()).and_then(|known| (known.profile)().steps),
        }
    }

    /// The service's name for people, or its id where nobody knows one.
    pub fn display_name(&self, id: &ServiceName) -> String {
        if id.is_sandbox() {
            return builtin::SANDBOX_NAME.to_owned();
        }
        self.get(id)
            .map(|service| service.name.clone())
            .or_else(|| builtin::get(id.as_str()).map(|known| known.name.to_owned()))
            .or_else(|| {
                crate::services::catalog::NonOAuthService::of(id).map(|special| special.name().to_owned())
            })
            .unwrap_or_else(|| id.to_string())
    }
}

/// A service whose data the sandbox can play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Playable {
    /// Its id in the contract.
    pub id: ServiceName,
    /// Its name for people.
    pub name: String,
}
