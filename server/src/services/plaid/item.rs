//! What is kept of a bank beside its connection: nothing secret, and of accounts no more than the last digits.

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use railz_connect_contract::{BankAccount, Institution};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::client::Account;
use crate::domain::company::CompanyBinding;
use crate::domain::visit::VisitId;

/// The largest picture that is kept, in characters of base64.
const LARGEST_LOGO: usize = 64 * 1024;

/// How every PNG begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A bank behind a connection, as the binding's `service_data` keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bank {
    /// The item's id at Plaid.
    pub(super) item: String,
    /// Tells this bank with these accounts from all others, whichever item they stand behind.
    pub(super) fingerprint: String,
    /// The bank, as lists show it; its picture stands apart.
    pub institution: Institution,
    /// Its picture (PNG), in base64.
    #[serde(default)]
    pub(super) logo: Option<String>,
    /// Its accounts, as lists show them.
    pub accounts: Vec<BankAccount>,
    /// When it was last asked how it is, in milliseconds since 1970.
    #[serde(default)]
    pub(super) checked_at: i64,
    /// While it asks for a sign-in: until when the authorisation would have been good, in milliseconds since 1970.
    #[serde(default)]
    pub(super) good_until: Option<i64>,
    /// The visit that last linked it or put it right.
    #[serde(default)]
    pub seen_to_in: Option<VisitId>,
}

impl Bank {
    /// The bank that is kept beside a connection.
    pub fn of(binding: &CompanyBinding) -> Option<Self> {
        binding.service_data()
    }

    /// A bank that was just linked.
    pub(super) fn new(
        item: String,
        institution_id: Option<&str>,
        (institution, logo): (Institution, Option<String>),
        accounts: &[Account],
        now: Timestamp,
    ) -> Self {
        let fingerprint = fingerprint(&item, institution_id, accounts);
        let accounts = masks(accounts);
        let checked_at = now.as_millisecond();
        let logo = logo.filter(|logo| picture(logo).is_some());
        let (good_until, seen_to_in) = (None, None);
        Self { item, fingerprint, institution, logo, accounts, checked_at, good_until, seen_to_in }
    }

    /// The bank's logo (PNG), where Plaid has one.
    pub fn picture(&self) -> Option<Vec<u8>> {
        picture(self.logo.as_deref()?)
    }

    /// The same, found well just now.
    pub(super) fn mark_well(self, accounts: Option<&[Account]>, now: Timestamp) -> Self {
        let accounts = accounts.map_or(self.accounts, masks);
        Self { accounts, checked_at: now.as_millisecond(), good_until: None, ..self }
    }
}

fn masks(accounts: &[Account]) -> Vec<BankAccount> {
    accounts.iter().map(|account| BankAccount { mask: account.mask.clone() }).collect()
}

/// Bank and accounts by name, digits and kind, as Plaid advises to compare them. A bank without an id or without accounts
/// is like no other.
fn fingerprint(item: &str, institution: Option<&str>, accounts: &[Account]) -> String {
    let (Some(institution), false) = (institution, accounts.is_empty()) else { return item.to_owned() };
    let mut lines: Vec<_> =
        accounts.iter().map(|account| (&account.name, &account.mask, &account.subtype)).collect();
    lines.sort();
    let text = format!("{institution}\n{lines:?}");
    format!("{institution}|{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// The bytes of a picture that Plaid sent, if it is one that may be kept.
fn picture(base64: &str) -> Option<Vec<u8>> {
    let bytes = if base64.len() <= LARGEST_LOGO { STANDARD.decode(base64).ok()? } else { return None };
    bytes.starts_with(PNG).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(name: &str, mask: &str) -> Account {
        Account { name: Some(name.to_owned()), mask: Some(mask.to_owned()), subtype: None }
    }

    #[test]
    fn the_same_accounts_at_the_same_bank_are_known_again_behind_another_item() {
        let one = [account("Everyday", "0421"), account("Savings", "7788")];
        let turned = [account("Savings", "7788"), account("Everyday", "0421")];
        let print = |item, bank, accounts: &[Account]| fingerprint(item, bank, accounts);
        assert_eq!(print("a", Some("bank"), &one), print("b", Some("bank"), &turned));
        assert_ne!(print("a", Some("bank"), &one), print("b", Some("bank"), &one[..1]));
        assert_ne!(print("a", Some("bank"), &one), print("b", Some("other"), &one));
        assert_ne!(print("a", None, &one), print("b", None, &one));
        assert_ne!(print("a", Some("bank"), &[]), print("b", Some("bank"), &[]));
        assert!(!print("a", Some("bank"), &one).contains("0421"));
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_not_kept() {
        let small = STANDARD.encode([PNG, b"rest"].concat());
        assert_eq!(picture(&small), Some([PNG, b"rest"].concat()));
        let large = STANDARD.encode([PNG, &vec![0; LARGEST_LOGO]].concat());
        for wrong in ["", "\"><script>", &STANDARD.encode("<svg onload=alert(1)>"), &large] {
            assert_eq!(picture(wrong), None);
        }
    }
}
