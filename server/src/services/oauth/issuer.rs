//! Who answers at the callback: `iss` of the authorization response against mix-up (RFC 9207, RFC 9700 section 4.4).
//!
//! A service that posed as another one would have this server exchange the other one's code at its own token endpoint. Where
//! an issuer is known, `iss` must be that one. Where none is, RFC 9207 section 2.4 leaves it to the client what an `iss`
//! means that nobody announced: here it counts where the service itself lives, and is refused from anywhere else.

use std::fmt;

use url::Url;

use super::service::{Issuer, Service};
use crate::domain::company::AddressVariables;

/// The callback names the wrong issuer, or none where one is due.
#[derive(Debug, PartialEq, Eq)]
pub struct IssuerError {
    /// The callback's `iss`, if it came.
    pub came: Option<String>,
    /// What should have come; nothing where no issuer is known.
    pub due: Option<String>,
}

impl fmt::Display for IssuerError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.came, &self.due) {
            (Some(came), Some(due)) => write!(formatter, "iss is {came:?}, where {due:?} is due"),
            (None, due) => write!(formatter, "iss is missing, where {due:?} is due"),
            (Some(came), None) => write!(
                formatter,
                "iss is {came:?}, which is not where the service is; if it is right, configure it as issuer"
            ),
        }
    }
}

/// What stands in Microsoft's issuers for the organisation, which is known only after the sign-in.
const TENANT: &str = "{tenantid}";

/// Checks that an answer is the service's, as far as `iss` tells. `variables` are those of the sign-in.
///
/// # Errors
/// [`IssuerError`].
pub fn check_issuer(
    service: &Service,
    variables: &AddressVariables,
    came: Option<&str>,
) -> Result<(), IssuerError> {
    let (due, is_right) = match (&service.issuer, came) {
        (Issuer::Unknown | Issuer::IfSent(_), None) => return Ok(()),
        (Issuer::Required(due), None) => (Some(due), false),
        (Issuer::IfSent(due) | Issuer::Required(due), Some(came)) => (Some(due), is_same(due, came)),
        (Issuer::Unknown, Some(came)) => (None, lives_at(service, variables, came)),
    };
    if is_right {
        return Ok(());
    }
    Err(IssuerError { came: came.map(str::to_owned), due: due.cloned() })
}

/// Letter by letter (RFC 9207 section 2.4), but for the organisation of Microsoft's.
fn is_same(due: &str, came: &str) -> bool {
    let Some((before, after)) = due.split_once(TENANT) else { return due == came };
    let tenant = came.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    tenant.is_some_and(|tenant| {
        !tenant.is_empty() && tenant.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
    })
}

/// Whether an issuer is of the origin of one of the service's endpoints, in any of its regions.
fn lives_at(service: &Service, variables: &AddressVariables, issuer: &str) -> bool {
    let Ok(issuer) = Url::parse(issuer) else { return false };
    let regions = service.profile.regions.iter().map(|region| {
        let mut there = variables.clone();
        for (variable, value) in region.variables.iter() {
            there.set(variable, value);
        }
        there
    });
    let endpoints = [&service.addresses.authorize, &service.addresses.token];
    std::iter::once(variables.clone()).chain(regions).any(|there| {
        endpoints.iter().any(|endpoint| endpoint.at(&there).is_ok_and(|url| url.origin() == issuer.origin()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_compared_letter_by_letter_but_for_microsofts_organisation() {
        let xero = "https://identity.xero.com";
        assert!(is_same(xero, xero));
        for other in ["https://identity.xero.com/", "https://IDENTITY.xero.com", ""] {
            assert!(!is_same(xero, other), "{other}");
        }
        let microsoft = "https://login.microsoftonline.com/{tenantid}/v2.0";
        let of = |tenant: &str| format!("https://login.microsoftonline.com/{tenant}/v2.0");
        assert!(is_same(microsoft, &of("9188040d-6c67-4c5b-b112-36a304b66dad")));
        for other in ["", "a/b", "a?b", "a@b", "{tenantid}"] {
            assert!(!is_same(microsoft, &of(other)), "{other}");
        }
    }
}
