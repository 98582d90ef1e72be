//! The address of an account: NetSuite's own, `https://<account>.suitetalk.api.netsuite.com`, or one that the operator
//! configured for practice, with `{account}` where the account's id stands.
//!
//! People may type the id alone: the widget of 2.23 asks for nothing else. Then the address is made of it.

use std::str::FromStr;

use url::Url;

use crate::services::http_client::Reach;

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

/// A text of `service_addresses` that is no pattern of addresses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be http or https addresses with {{account}} in them once, not {0:?}")]
pub struct PatternError(String);

/// The address is none of an account's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "accountId must be the account's service URL, such as https://1234567.suitetalk.api.netsuite.com \
     (in NetSuite: Setup, Company, Company Information, Company URLs, SuiteTalk), or the account's id, such as \
     1234567 or 1234567_SB1"
)]
pub struct AccountAddressError;

impl AddressPattern {
    /// The pattern of the addresses under NetSuite's own domain.
    pub fn netsuites_own() -> Self {
        let (before, after) = NETSUITES_OWN;
        Self { before: before.to_owned(), after: after.to_owned(), reach: Reach::Public }
    }

    fn account<'a>(&self, text: &'a str) -> Option<&'a str> {
        let account = text.strip_prefix(self.before.as_str())?.strip_suffix(self.after.as_str())?;
        is_account(account).then_some(account)
    }

    /// The address of an account. In host names the id has a hyphen where NetSuite writes an underscore.
    fn of(&self, account: &str) -> String {
        format!("{}{}{}", self.before, account.replace('_', "-").to_lowercase(), self.after)
    }
}

impl FromStr for AddressPattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        let refused = || PatternError(text.to_owned());
        let (before, after) = text.trim_end_matches('/').split_once(ACCOUNT).ok_or_else(refused)?;
        let url = Url::parse(&format!("{before}1{after}")).map_err(|_| refused())?;
        let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        if !matches!(url.scheme(), "http" | "https") || !plain || after.contains(ACCOUNT) {
            return Err(refused());
        }
        Ok(Self { before: before.to_lowercase(), after: after.to_lowercase(), reach: Reach::Configured })
    }
}

fn is_account(text: &str) -> bool {
    let letters = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    letters && (1..=40).contains(&text.len()) && !text.starts_with(['-', '_']) && !text.ends_with(['-', '_'])
}

/// Reads what a person typed. A slash or a path behind NetSuite's host is forgiven, everything else is compared. An id
/// alone means the operator's own address where one is configured, so that no practice token travels to NetSuite.
///
/// # Errors
/// [`AccountAddressError`], with what would be right.
pub fn account_address(
    typed: &str,
    patterns: &[AddressPattern],
) -> Result<AccountAddress, AccountAddressError> {
    let typed = typed.trim();
    let mut address = typed.to_owned();
    if is_account(typed) {
        let configured = patterns.iter().find(|pattern| pattern.reach == Reach::Configured);
        address = configured.or(patterns.first()).ok_or(AccountAddressError)?.of(typed);
    }
    let url = Url::parse(&address).map_err(|_| AccountAddressError)?;
    let nobody = url.username().is_empty() && url.password().is_none();
    let whole = format!("{}{}", url.origin().ascii_serialization(), url.path()).to_lowercase();
    let origin = url.origin().ascii_serialization();
    for pattern in patterns.iter().filter(|_| nobody) {
        let text = match pattern.reach {
            Reach::Public => origin.as_str(),
            Reach::Configured => whole.trim_end_matches('/'),
        };
        if let Some(account) = pattern.account(text) {
            let base = Url::parse(text).map_err(|_| AccountAddressError)?;
            let account = account.replace('-', "_").to_uppercase();
            return Ok(AccountAddress { base, account, reach: pattern.reach });
        }
    }
    Err(AccountAddressError)
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
    fn an_accounts_id_alone_means_its_own_address() {
        for (typed, base, account) in [
            (" 1234567 ", "https://1234567.suitetalk.api.netsuite.com/", "1234567"),
            ("1234567_SB1", "https://1234567-sb1.suitetalk.api.netsuite.com/", "1234567_SB1"),
            ("tstdrv12-rp", "https://tstdrv12-rp.suitetalk.api.netsuite.com/", "TSTDRV12_RP"),
        ] {
            let found = account_address(typed, &[AddressPattern::netsuites_own()]).unwrap();
            assert_eq!((found.base.as_str(), found.account.as_str()), (base, account));
            assert_eq!(found.reach, Reach::Public, "{typed}");
        }
    }

    #[test]
    fn what_only_looks_like_an_id_is_refused() {
        for typed in ["", "-1", "1_", "1.2", "1/2", "1@2", "1 2", "a:b", "\u{e9}1", &"1".repeat(41)] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn addresses_that_only_look_like_netsuites_are_refused() {
        for typed in [
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
        let by_id = account_address("55_SB1", &patterns).unwrap();
        assert_eq!((by_id.base.as_str(), by_id.account.as_str()), (found.base.as_str(), "55_SB1"));
        for other in ["http://127.0.0.1:8083/netsuite/55", "http://127.0.0.1:8082/netsuite/5/5"] {
            assert_eq!(account_address(other, &patterns), Err(AccountAddressError), "{other}");
        }
        for pattern in ["http://127.0.0.1:8082/netsuite", "ftp://{account}.example", "{account}"] {
            assert!(pattern.parse::<AddressPattern>().is_err(), "{pattern}");
        }
    }
}
