//! The practice banks. The first three have accounts of their own for each business, the fourth the same for everybody.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A picture of one blue pixel (PNG), in base64 as Plaid sends logos.
const PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADAgH/p0aQbAAAAABJRU5ErkJggg==";

/// Whose accounts a bank shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AccountOwner {
    /// Those of the business that links it.
    Business,
    /// The same ones to everybody.
    Everybody,
}

/// A practice bank.
#[derive(Debug)]
pub(super) struct Bank {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    site: Option<&'static str>,
    logo: Option<&'static str>,
    masks: &'static [&'static str],
    owner: AccountOwner,
}

/// All of them; people know them by their place, counted from one.
pub(super) const BANKS: [Bank; 4] = [
    Bank {
        id: "ins_practice_1",
        name: "Fernway Bank",
        site: Some("https://fernway.example"),
        logo: Some(PIXEL),
        masks: &["0421", "7788"],
        owner: AccountOwner::Business,
    },
    Bank {
        id: "ins_practice_2",
        name: "Lantern Credit Union",
        site: None,
        logo: None,
        masks: &["1200"],
        owner: AccountOwner::Business,
    },
    Bank {
        id: "ins_practice_3",
        name: "Quarry Savings",
        site: Some("https://quarry.example"),
        logo: None,
        masks: &[],
        owner: AccountOwner::Business,
    },
    Bank {
        id: "ins_practice_4",
        name: "Commons Bank",
        site: Some("https://commons.example"),
        logo: None,
        masks: &["5150"],
        owner: AccountOwner::Everybody,
    },
];

impl Bank {
    /// The bank that people choose by this number.
    pub(super) fn numbered(number: &str) -> Option<&'static Self> {
        BANKS.get(number.parse::<usize>().ok()?.checked_sub(1)?)
    }

    /// The bank's accounts, as this business sees them.
    pub(super) fn accounts(&self, user: &str) -> Vec<Value> {
        let whose = match self.owner {
            AccountOwner::Everybody => "for all",
            AccountOwner::Business => &short(user),
        };
        let account = |mask: &&str| {
            json!({
                "account_id": short(&format!("{}{whose}{mask}", self.id)),
                "balances": { "available": 100.5, "current": 110, "iso_currency_code": "USD" },
                "mask": mask,
                "name": format!("Everyday {whose}"),
                "official_name": null,
                "type": "depository",
                "subtype": "checking",
            })
        };
        self.masks.iter().map(account).collect()
    }

    /// The bank as `/institutions/get_by_id` describes it. Site and picture come to those only who ask for them.
    pub(super) fn to_json(&self, in_full: bool) -> Value {
        let mut bank = json!({
            "institution_id": self.id,
            "name": self.name,
            "country_codes": ["US"],
            "products": ["transactions"],
            "oauth": false,
        });
        if in_full {
            bank["url"] = json!(self.site);
            bank["logo"] = json!(self.logo);
        }
        bank
    }
}

/// A short word that is the same each time for the same text.
fn short(text: &str) -> String {
    let bytes: Vec<_> =
        Sha256::digest(text.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    bytes.concat()
}
