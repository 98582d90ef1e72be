//! What must be known before the browser can be sent: the shop, or the address of a Dynamics environment.
//!
//! The answer becomes part of an address, so it is held against a pattern first: nothing that a person types here leads
//! this server or the browser anywhere but to the service itself.

use url::Url;

/// What is asked before a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Shopify: the shop's name.
    Shop,
    /// Dynamics 365 Finance: the environment's address.
    DynamicsEnvironment,
}

/// Why an answer is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuestionError {
    /// Not asked for, though it is needed.
    #[error("{0} is missing: {1}")]
    Missing(&'static str, &'static str),
    /// The answer does not have the form that the service's addresses need.
    #[error("{parameter} cannot be taken: {due}")]
    Form {
        /// The query parameter of `/services/url`.
        parameter: &'static str,
        /// What would be right.
        due: &'static str,
    },
}

/// The end of a shop's host name.
const SHOPS: &str = ".myshopify.com";

impl Question {
    /// The query parameter of `/services/url` that brings the answer (contract rule C2).
    pub fn parameter(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::DynamicsEnvironment => "dynamics365EnvironmentUrl",
        }
    }

    /// The variable of addresses that the answer becomes.
    pub fn variable(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::DynamicsEnvironment => "environment",
        }
    }

    fn due(self) -> &'static str {
        match self {
            Self::Shop => "give the shop's name as in its myshopify.com address, such as juniper-bakery",
            Self::DynamicsEnvironment => {
                "give the environment's address, such as https://acme.operations.dynamics.com"
            }
        }
    }

    /// Takes an answer in the one form in which it is used.
    ///
    /// # Errors
    /// [`QuestionError`], with what would be right.
    pub fn check_answer(self, given: Option<&str>) -> Result<String, QuestionError> {
        let given = given
            .map(str::trim)
            .filter(|given| !given.is_empty())
            .ok_or(QuestionError::Missing(self.parameter(), self.due()))?;
        let found = match self {
            Self::Shop => shop(given),
            Self::DynamicsEnvironment => environment(given),
        };
        found.ok_or_else(|| QuestionError::Form { parameter: self.parameter(), due: self.due() })
    }
}

/// A shop's name: letters, digits and hyphens, beginning with a letter or digit, at most 60.
fn shop(given: &str) -> Option<String> {
    let given = given.to_ascii_lowercase();
    let name = given.strip_suffix(SHOPS).unwrap_or(&given);
    let good = (1..=60).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !name.starts_with('-');
    good.then(|| name.to_owned())
}

/// An environment's origin: https, on `<name>.operations.dynamics.com`, on a region's
/// `<name>.operations.<region>.dynamics.com`, or on a developer's `<name>.cloudax.dynamics.com`.
fn environment(given: &str) -> Option<String> {
    let url = Url::parse(given).ok()?;
    let bare = url.scheme() == "https"
        && url.port().is_none()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    let host = url.domain()?;
    let name = host.strip_suffix(".dynamics.com")?;
    let labels: Vec<&str> = name.split('.').collect();
    let below = match labels.as_slice() {
        [names @ .., "operations" | "cloudax"] => names,
        [names @ .., "operations", region] if (2..=4).contains(&region.len()) => names,
        _ => return None,
    };
    (bare && !below.is_empty() && below.iter().all(|label| !label.is_empty()))
        .then(|| format!("https://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shop_is_a_name_and_nothing_else() {
        for (given, due) in
            [("juniper-bakery", "juniper-bakery"), ("Juniper", "juniper"), ("j1.myshopify.com", "j1")]
        {
            assert_eq!(Question::Shop.check_answer(Some(given)).as_deref(), Ok(due));
        }
        for given in ["", " ", "-x", "a.b", "evil.example/", "a/b", "a?b", "a@b", "ä", &"a".repeat(61)] {
            assert!(Question::Shop.check_answer(Some(given)).is_err(), "{given}");
        }
    }

    #[test]
    fn an_environment_is_one_of_the_services_own_hosts() {
        for (given, due) in [
            ("https://acme.operations.dynamics.com/", "https://acme.operations.dynamics.com"),
            ("https://acme.sandbox.operations.dynamics.com", "https://acme.sandbox.operations.dynamics.com"),
            ("https://ACME.operations.eu.dynamics.com/x", "https://acme.operations.eu.dynamics.com"),
            ("https://dev-1.cloudax.dynamics.com", "https://dev-1.cloudax.dynamics.com"),
        ] {
            assert_eq!(Question::DynamicsEnvironment.check_answer(Some(given)).as_deref(), Ok(due));
        }
        for given in [
            "acme.operations.dynamics.com",
            "http://acme.operations.dynamics.com",
            "https://acme.operations.dynamics.com:8443",
            "https://acme.operations.dynamics.com.evil.example",
            "https://evil.example/.operations.dynamics.com",
            "https://user@acme.operations.dynamics.com",
            "https://operations.dynamics.com",
            "https://acme.dynamics.com",
            "https://127.0.0.1",
            "https://[::1]",
            "https://10.0.0.1#.operations.dynamics.com",
        ] {
            assert!(Question::DynamicsEnvironment.check_answer(Some(given)).is_err(), "{given}");
        }
    }
}
