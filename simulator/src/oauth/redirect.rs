//! Redirect addresses: which are acceptable, and how an answer is put into one (RFC 6749, section 4.1.2; RFC 9207).

use url::{Host, Url};

use super::error::OAuthError;

/// An absolute http(s) address without fragment and user, on this machine (RFC 6749, section 3.1.2; RFC 6761).
pub fn is_loopback(uri: &str) -> bool {
    let Some(url) = parse(uri) else { return false };
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// The address if it may be a redirect address at all, wherever it leads.
pub fn parse(uri: &str) -> Option<Url> {
    let url = Url::parse(uri).ok()?;
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    (matches!(url.scheme(), "http" | "https") && plain).then_some(url)
}

/// Where the browser is sent with an answer, and what every answer carries.
#[derive(Debug, Clone)]
pub struct RedirectTarget {
    /// The redirect address, checked.
    pub uri: Url,
    /// The client's `state`, returned unchanged.
    pub state: Option<String>,
    /// Who answers: the issuer identifier (RFC 9207).
    pub issuer: String,
}

impl RedirectTarget {
    /// The address that carries a code.
    pub fn with_code(&self, code: &str) -> Url {
        self.with(&[("code", code)])
    }

    /// The address that carries a refusal.
    pub fn with_error(&self, error: &OAuthError) -> Url {
        self.with(&[("error", error.code.as_str()), ("error_description", &error.description)])
    }

    fn with(&self, answer: &[(&str, &str)]) -> Url {
        let mut uri = self.uri.clone();
        {
            let mut query = uri.query_pairs_mut();
            query.extend_pairs(answer);
            if let Some(state) = &self.state {
                query.append_pair("state", state);
            }
            query.append_pair("iss", &self.issuer);
        }
        uri
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_addresses_are_recognised_and_others_are_not() {
        for uri in [
            "http://127.0.0.1:8081/oauth/callback",
            "http://connect.localhost:8081/oauth/callback?a=b",
            "https://localhost/cb",
            "http://[::1]:9/cb",
            "http://127.8.9.1/",
        ] {
            assert!(is_loopback(uri), "{uri}");
        }
        for uri in [
            "https://example.com/cb",
            "http://localhost.example.com/cb",
            "http://127.0.0.1.example.com/cb",
            "http://notlocalhost/cb",
            "http://user@localhost/cb",
            "http://localhost/cb#x",
            "javascript:alert(1)",
            "/oauth/callback",
            "",
        ] {
            assert!(!is_loopback(uri), "{uri}");
        }
    }

    #[test]
    fn an_answer_keeps_the_query_that_the_address_had() {
        let target = RedirectTarget {
            uri: Url::parse("http://localhost/cb?tenant=7").unwrap(),
            state: Some("a&b c".into()),
            issuer: "http://p.localhost/xero".into(),
        };
        assert_eq!(
            target.with_code("abc").as_str(),
            "http://localhost/cb?tenant=7&code=abc&state=a%26b+c&iss=http%3A%2F%2Fp.localhost%2Fxero"
        );
    }
}
