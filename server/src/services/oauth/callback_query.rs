//! What a callback's query says, and whether it is what the service itself would say.

use hmac::{Hmac, Mac};
use railz_connect_contract::ServiceName;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use super::service::Service;
use crate::domain::attempt::Failure;
use crate::domain::company::AddressVariables;
use crate::services::oauth::address_template::fill;
use crate::services::oauth::profile::{Region, Signature};

/// What a provider put into the callback's query (RFC 6749 section 4.1.2), unchecked.
pub struct CallbackQuery {
    /// OAuth's `state`, by which the attempt is found; empty where it is missing or came twice.
    pub state: String,
    /// The authorisation code (RFC 6749 section 4.1.2), good once.
    pub code: Option<SecretString>,
    /// OAuth's `error` code, such as `access_denied`, where the provider sent one.
    pub error: Option<String>,
    /// Who answers (RFC 9207).
    pub issuer: Option<String>,
    /// The service whose own callback address it came to; `None` at the shared one.
    pub arrived_at: Option<ServiceName>,
    /// The whole query, decoded, in its order.
    pub query: Vec<(String, String)>,
}

/// Why a callback is not the service's own.
#[derive(Debug, thiserror::Error)]
pub(super) enum CallbackQueryError {
    /// The signature is missing or wrong.
    #[error("the callback's hmac is missing or wrong")]
    Signature,
    /// It is about another shop or environment than the sign-in began with.
    #[error("the callback's {parameter} is not the one asked for")]
    Echo {
        /// The query parameter's name, as configured.
        parameter: String,
    },
    /// It names a region that the service is not known to have.
    #[error("the callback's {parameter} is none of the service's own addresses")]
    Region {
        /// The query parameter's name, as configured.
        parameter: String,
    },
}

impl CallbackQueryError {
    pub(super) fn failure(&self) -> Failure {
        match self {
            Self::Signature => Failure::NotSigned,
            Self::Echo { .. } | Self::Region { .. } => Failure::ForeignPlace,
        }
    }
}

impl CallbackQuery {
    /// A parameter that came once and is not empty.
    pub(super) fn get(&self, parameter: &str) -> Option<&str> {
        let mut found =
            self.query.iter().filter(|(key, _)| key == parameter).map(|(_, value)| value.as_str());
        let first = found.next().filter(|value| !value.trim().is_empty());
        first.filter(|_| found.next().is_none())
    }

    /// Checks signature and echo, and gives back the address variables that the callback leads to.
    pub(super) fn check(
        &self,
        service: &Service,
        mut variables: AddressVariables,
    ) -> Result<AddressVariables, CallbackQueryError> {
        let profile = &service.profile;
        if profile.signature == Signature::HmacOfQuery && !self.is_signed(&service.client.secret) {
            return Err(CallbackQueryError::Signature);
        }
        if let Some((parameter, form)) = &profile.echo
            && self.get(parameter) != fill(form, &variables).as_deref()
        {
            return Err(CallbackQueryError::Echo { parameter: parameter.clone() });
        }
        if let Some((parameter, variable)) = &profile.region_by
            && let Some(named) = self.get(parameter)
        {
            let is_named = |region: &&Region| {
                region.variables.get(variable).is_some_and(|known| known == named.trim_end_matches('/'))
            };
            match profile.regions.iter().find(is_named) {
                Some(region) => {
                    for (variable, value) in region.variables.iter() {
                        variables.set(variable, value);
                    }
                }
                // Where the addresses do not depend on it, it leads nowhere.
                None if service.addresses.token.needs(variable) => {
                    return Err(CallbackQueryError::Region { parameter: parameter.clone() });
                }
                None => {}
            }
        }
        Ok(variables)
    }

    /// Whether `hmac` is the HMAC-SHA256, in hex, of the other parameters in alphabetical order (Shopify).
    fn is_signed(&self, secret: &SecretString) -> bool {
        let Some(tag) = self.get("hmac").and_then(bytes) else { return false };
        let mut others: Vec<_> = self.query.iter().filter(|(key, _)| key != "hmac").collect();
        others.sort();
        let message: Vec<_> = others.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
            return false;
        };
        mac.update(message.join("&").as_bytes());
        mac.verify_slice(&tag).is_ok()
    }
}

/// The bytes of a hexadecimal text; `None` where it is none.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    let pairs = hex.as_bytes().chunks(2);
    pairs
        .map(|pair| std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2))
        .map(|pair| pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect()
}
