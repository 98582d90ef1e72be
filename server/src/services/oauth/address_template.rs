//! An address with places to fill in, such as `https://{shop}.myshopify.com/admin/oauth/authorize`.
//!
//! A variable at the very beginning is an address itself and stands as it is; anywhere else its value is encoded, so
//! that it can't reach beyond its own part of the address.

use std::fmt;

use url::Url;

use crate::domain::company::AddressVariables;

/// An address, perhaps with variables in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressTemplate(String);

/// Why an address cannot be gone to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// A variable has no value here.
    #[error("{address} needs a value for {variable}")]
    Unfilled {
        /// The template, with its variables in braces.
        address: String,
        /// The variable without value.
        variable: String,
    },
    /// With its variables filled the template is still no URL.
    #[error("{0} does not become an address")]
    NotAnAddress(String),
}

impl AddressTemplate {
    /// Takes the text unchecked; `at` finds out whether it becomes an address.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text with its variables.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this variable stands in it.
    pub fn needs(&self, variable: &str) -> bool {
        self.0.contains(&format!("{{{variable}}}"))
    }

    /// The address with these values filled in.
    ///
    /// # Errors
    /// [`AddressError`] where a variable has no value.
    pub fn at(&self, variables: &AddressVariables) -> Result<Url, AddressError> {
        let filled = substitute(&self.0, variables, Encoding::Address)
            .map_err(|variable| AddressError::Unfilled { address: self.0.clone(), variable })?;
        Url::parse(&filled).map_err(|_| AddressError::NotAnAddress(self.0.clone()))
    }
}

impl fmt::Display for AddressTemplate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Fills a parameter's value, which is encoded later as a whole; `None` where a variable has no value.
pub fn fill(text: &str, variables: &AddressVariables) -> Option<String> {
    substitute(text, variables, Encoding::None).ok()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Address,
    None,
}

/// The text with its variables filled, or the variable that has no value.
fn substitute(text: &str, variables: &AddressVariables, encoding: Encoding) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((variable, after)) = behind.split_once('}') else { break };
        out.push_str(before);
        let value = variables.get(variable).ok_or_else(|| variable.to_owned())?;
        if encoding == Encoding::None || out.is_empty() {
            out.push_str(value.trim_end_matches('/'));
        } else {
            out.extend(value.bytes().map(percent_encode));
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// A byte as it may stand in a host, a path's part or a query's value (RFC 3986 section 2.3).
fn percent_encode(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(pairs: &[(&str, &str)]) -> AddressVariables {
        let mut variables = AddressVariables::default();
        for (variable, value) in pairs {
            variables.set(variable, *value);
        }
        variables
    }

    #[test]
    fn a_value_in_the_middle_cannot_leave_its_part_of_the_address() {
        let address = AddressTemplate::new("https://api.example/{environment}/companies");
        let url = address.at(&variables(&[("environment", "../x?y#z")])).unwrap();
        assert_eq!(url.as_str(), "https://api.example/..%2Fx%3Fy%23z/companies");
    }

    #[test]
    fn a_value_at_the_beginning_is_an_address_itself() {
        let address = AddressTemplate::new("{accounts}/oauth/v2/token");
        let url = address.at(&variables(&[("accounts", "https://accounts.zoho.eu/")])).unwrap();
        assert_eq!(url.as_str(), "https://accounts.zoho.eu/oauth/v2/token");
    }

    #[test]
    fn a_variable_without_value_is_named() {
        let refused =
            AddressTemplate::new("https://{shop}.example").at(&AddressVariables::default()).unwrap_err();
        assert_eq!(refused.to_string(), "https://{shop}.example needs a value for shop");
    }
}
