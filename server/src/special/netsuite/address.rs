//! The address of an account: NetSuite's own, `https://<account>.suitetalk.api.netsuite.com`, or one that the operator
//! configured for practice, with `{account}` where the account's id stands.

use std::str::FromStr;

use url::Url;

use crate::special::web::Reach;

const ACCOUNT: &str = "{account}";
const NETSUITES_OWN: (&str, &str) = ("https://", ".suitetalk.api.netsuite.com");

/// What an account's address looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressPattern {
    before: String,
    after: String,
    reach: Reach,
}

/// An account's address, and the account in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountAddress {
    /// Where its services are; without a slash at the end.
    pub base: Url,
    /// Its id as NetSuite writes it: `1234567`, `1234567_SB1`.
    pub account: String,
    /// Who answers for the address.
    pub reach: Reach,
}

/// The pattern is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be http or https addresses with {{account}} in them once, not {0:?}")]
pub struct PatternRefused(String);

/// The address is none of an account's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "accountId must be the account's service URL, such as https://1234567.suitetalk.api.netsuite.com \
     (in NetSuite: Setup, Company, Company Information, Company URLs, SuiteTalk)"
)]
pub struct AddressRefused;

impl AddressPattern {
    /// NetSuite's own.
    pub fn netsuites_own() -> Self {
        let (before, after) = NETSUITES_OWN;
        Self { before: before.to_owned(), after: after.to_owned(), reach: Reach::Public }
    }

    fn account<'a>(&self, text: &'a str) -> Option<&'a str> {
        let account = text.strip_prefix(self.before.as_str())?.strip_suffix(self.after.as_str())?;
        let letters =
            account.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        (letters && (1..=40).contains(&account.len()) && !account.starts_with('-')).then_some(account)
    }
}

impl FromStr for AddressPattern {
    type Err = PatternRefused;

    fn from_str(text: &str) -> Result<Self, PatternRefused> {
        let refused = || PatternRefused(text.to_owned());
        let (before, after) = text.trim_end_matches('/').split_once(ACCOUNT).ok_or_else(refused)?;
        let url = Url::parse(&format!("{before}1{after}")).map_err(|_| refused())?;
        let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        if !matches!(url.scheme(), "http" | "https") || !plain || after.contains(ACCOUNT) {
            return Err(refused());
        }
        Ok(Self { before: before.to_lowercase(), after: after.to_lowercase(), reach: Reach::Configured })
    }
}

/// Reads what a person typed. A slash or a path behind NetSuite's host is forgiven, everything else is compared.
///
/// # Errors
/// [`AddressRefused`], with what would be right.
pub fn account_address(typed: &str, patterns: &[AddressPattern]) -> Result<AccountAddress, AddressRefused> {
    let url = Url::parse(typed.trim()).map_err(|_| AddressRefused)?;
    let nobody = url.username().is_empty() && url.password().is_none();
    let whole = format!("{}{}", url.origin().ascii_serialization(), url.path()).to_lowercase();
    let origin = url.origin().ascii_serialization();
    for pattern in patterns.iter().filter(|_| nobody) {
        let text = match pattern.reach {
            Reach::Public => origin.as_str(),
            Reach::Configured => whole.trim_end_matches('/'),
        };
        if let Some(account) = pattern.account(text) {
            let base = Url::parse(text).map_err(|_| AddressRefused)?;
            let account = account.replace('-', "_").to_uppercase();
            return Ok(AccountAddress { base, account, reach: pattern.reach });
        }
    }
    Err(AddressRefused)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Option<String> {
        account_address(typed, &[AddressPattern::netsuites_own()]).ok().map(|address| address.account)
    }

    #[test]
    fn the_account_is_read_from_netsuites_own_addresses() {
        assert_eq!(read("https://1234567.suitetalk.api.netsuite.com").as_deref(), Some("1234567"));
        let sandbox = read(" https://1234567-SB1.suitetalk.api.netsuite.com/services/rest ");
        assert_eq!(sandbox.as_deref(), Some("1234567_SB1"));
    }

    #[test]
    fn addresses_that_only_look_like_netsuites_are_refused() {
        for typed in [
            "1234567",
            "http://1234567.suitetalk.api.netsuite.com",
            "https://suitetalk.api.netsuite.com",
            "https://a.b.suitetalk.api.netsuite.com",
            "https://1.suitetalk.api.netsuite.com.example",
            "https://1.suitetalk.api.netsuite.com:8443",
            "https://1.suitetalk.api.netsuite.com@127.0.0.1",
            "https://127.0.0.1/1.suitetalk.api.netsuite.com",
            "https://user:word@1.suitetalk.api.netsuite.com",
            "file:///1.suitetalk.api.netsuite.com",
        ] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_configured_pattern_is_compared_whole() {
        let patterns: Vec<AddressPattern> = vec!["http://127.0.0.1:8082/netsuite/{account}".parse().unwrap()];
        let found = account_address("http://127.0.0.1:8082/netsuite/55-sb1/", &patterns).unwrap();
        assert_eq!((found.account.as_str(), found.reach), ("55_SB1", Reach::Configured));
        assert_eq!(found.base.as_str(), "http://127.0.0.1:8082/netsuite/55-sb1");
        for other in ["http://127.0.0.1:8083/netsuite/55", "http://127.0.0.1:8082/netsuite/5/5"] {
            assert_eq!(account_address(other, &patterns), Err(AddressRefused), "{other}");
        }
        for pattern in ["http://127.0.0.1:8082/netsuite", "ftp://{account}.example", "{account}"] {
            assert!(pattern.parse::<AddressPattern>().is_err(), "{pattern}");
        }
    }
}
