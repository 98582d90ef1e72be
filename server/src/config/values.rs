//! Values that several tables take: secrets, addresses, and addresses with variables in braces.
//!
//! An address is https, or http on this machine; a secret can come from the environment instead of the file.

use secrecy::SecretString;
use url::Url;

use super::reader::{ConfigError, Environment, Reader};
use crate::domain::origin::is_loopback;
use crate::services::catalog::NonOAuthService;
use crate::services::oauth::address_template::AddressTemplate;

/// A secret, from the environment or from the table.
pub(super) fn secret(
    table: &mut Reader,
    (service, key): (NonOAuthService, &str),
    environment: &Environment,
    problems: &mut Vec<ConfigError>,
) -> Option<SecretString> {
    let variable = format!("CONNECT_SERVICES_{}_{}", service.id(), key).to_uppercase();
    if let Some(given) = environment.get(&variable) {
        table.put(key, given);
    }
    let given = table.text(key, problems);
    table.require(key, given, &format!("here or in {variable}"), problems).map(Into::into)
}

/// An address, or the built-in one.
pub(super) fn address(
    table: &mut Reader,
    key: &str,
    usual: &str,
    problems: &mut Vec<ConfigError>,
) -> Option<Url> {
    let text = table.text(key, problems).unwrap_or_else(|| usual.to_owned());
    let address = Url::parse(&text).ok().filter(|url| {
        url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url.host().as_ref()))
    });
    if address.is_none() {
        let message = format!("must be an https address (http on loopback hosts only), not {text:?}");
        problems.push(ConfigError::new(table.name(key), message));
    }
    address
}

/// An address that a browser or this server goes to, perhaps with variables in braces.
pub(super) fn address_template(
    table: &mut Reader,
    key: &str,
    default: Option<&str>,
    problems: &mut Vec<ConfigError>,
) -> Option<AddressTemplate> {
    let Some(text) = table.text(key, problems) else { return default.map(AddressTemplate::new) };
    let checked = check_template(&text);
    if checked.is_none() {
        let message = format!("must be an https address (http on loopback hosts only), not {text:?}");
        problems.push(ConfigError::new(table.name(key), message));
    }
    checked
}

/// Checks an address with variables in it, by filling them with something harmless.
fn check_template(text: &str) -> Option<AddressTemplate> {
    let mut sample = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let (_, after) = behind.split_once('}')?;
        sample.push_str(before);
        sample.push_str(if sample.is_empty() { "https://variable.example" } else { "variable" });
        rest = after;
    }
    sample.push_str(rest);
    is_allowed_address(&sample).then(|| AddressTemplate::new(text))
}

/// Whether this server or a browser may be sent there.
pub(super) fn is_allowed_address(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url.host().as_ref()))
    })
}
