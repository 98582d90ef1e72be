//! Form-encoded parameters by the rules of RFC 6749, section 3: none twice, and an empty value counts as absent.

use url::form_urlencoded;

use super::error::{ErrorCode, OAuthError};

/// The parameters of a query or of a form body.
#[derive(Clone, Default)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// Reads `a=b&c=d`. Never fails: percent signs that encode nothing stay as they are.
    pub fn read(encoded: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(encoded).into_owned();
        Self(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The value of `name`.
    ///
    /// # Errors
    /// `invalid_request` when it was sent more than once.
    pub fn get(&self, name: &str) -> Result<Option<&str>, OAuthError> {
        let mut found = self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let first = found.next();
        if found.next().is_some() {
            let description = format!("The parameter {name} was sent more than once, send it once.");
            return Err(OAuthError::new(ErrorCode::InvalidRequest, description));
        }
        Ok(first)
    }

    /// The value of `name`, which has to be there.
    ///
    /// # Errors
    /// `invalid_request` when it is missing or was sent more than once.
    pub fn require(&self, name: &str) -> Result<&str, OAuthError> {
        self.get(name)?.ok_or_else(|| {
            OAuthError::new(ErrorCode::InvalidRequest, format!("The parameter {name} is missing."))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_value_counts_as_absent() {
        let params = Params::read(b"state=&scope=a+b");
        assert_eq!(params.get("state"), Ok(None));
        assert_eq!(params.get("scope"), Ok(Some("a b")));
    }

    #[test]
    fn a_parameter_sent_twice_is_refused_by_name() {
        let error = Params::read(b"code=1&code=2").require("code").unwrap_err();
        assert_eq!(error.code, ErrorCode::InvalidRequest);
        assert!(error.description.contains("code"));
    }
}
