//! What a service says of a company beside its id, and the bounds of such texts.
//!
//! A name comes from whoever registered it at the service, so it is cut, and freed of what could forge a line of a log or
//! turn a page's text around. An id is compared and never changed: one that breaks the rule is no id.

use serde::{Deserialize, Serialize};

/// The longest name that is kept, in characters.
pub const LONGEST_NAME: usize = 200;

/// The longest id that is taken, in characters. The longest known are two GUIDs or addresses in one (Microsoft).
pub const LONGEST_ID: usize = 300;

/// What a service tells of a company: nothing where it was not asked, or did not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CompanyDetails {
    /// Its name in law.
    pub legal_name: Option<String>,
    /// Its country in two capital letters (ISO 3166-1).
    pub country: Option<String>,
    /// The currency of its books in three capital letters (ISO 4217).
    pub currency: Option<String>,
    /// The month in which its fiscal year begins, 1 to 12. One that begins within a month counts from that month.
    pub fiscal_year_start_month: Option<u8>,
}

impl CompanyDetails {
    /// The same, with what an earlier answer told where this one tells nothing.
    #[must_use]
    pub fn or(self, earlier: &Self) -> Self {
        Self {
            legal_name: self.legal_name.or_else(|| earlier.legal_name.clone()),
            country: self.country.or_else(|| earlier.country.clone()),
            currency: self.currency.or_else(|| earlier.currency.clone()),
            fiscal_year_start_month: self.fiscal_year_start_month.or(earlier.fiscal_year_start_month),
        }
    }
}

/// A name as it is kept: on one line, without invisible characters, cut to [`LONGEST_NAME`]; nothing where nothing is left.
pub fn clean_name(text: &str) -> Option<String> {
    let visible = text.chars().map(|one| if one.is_whitespace() { ' ' } else { one });
    let visible: String = visible.filter(|one| !is_invisible(*one)).take(4 * LONGEST_NAME).collect();
    let words: Vec<_> = visible.split_whitespace().collect();
    let name: String = words.join(" ").chars().take(LONGEST_NAME).collect();
    Some(name.trim_end().to_owned()).filter(|name| !name.is_empty())
}

/// Whether a text can be the id of a company: not blank, not endless, nothing in it that is not seen, and no dot segment,
/// which would lead to another place in an address.
pub fn is_id(text: &str) -> bool {
    !matches!(text.trim(), "" | "." | "..")
        && text.chars().count() <= LONGEST_ID
        && !text.chars().any(|one| is_invisible(one) || matches!(one, '\u{2028}' | '\u{2029}'))
}

/// A code of so many letters, such as a country's or a currency's, in capitals.
pub fn code(text: &str, letters: usize) -> Option<String> {
    let text = text.trim();
    (text.len() == letters && text.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .then(|| text.to_ascii_uppercase())
}

/// A month by its number or its English name, 1 to 12.
pub fn month(text: &str) -> Option<u8> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.trim().to_ascii_lowercase();
    let by_name = || (1..).zip(NAMES).find(|(_, name)| text.starts_with(name)).map(|(number, _)| number);
    text.parse().ok().filter(|number| (1..=12).contains(number)).or_else(by_name)
}

/// Characters that nobody sees: controls, and those that join, hide or turn around what stands beside them
/// (Unicode's general category Cf, as far as names meet it).
pub fn is_invisible(one: char) -> bool {
    one.is_control()
        || matches!(one, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_and_stands_on_one_line() {
        assert_eq!(clean_name("  Juniper\n\tBakery \u{202e}Ltd\0 ").as_deref(), Some("Juniper Bakery Ltd"));
        assert_eq!(clean_name(&"é".repeat(200_000)).unwrap().chars().count(), LONGEST_NAME);
        for nothing in ["", " \n", "\u{200b}\u{0}"] {
            assert_eq!(clean_name(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn an_id_is_never_changed_but_refused() {
        for id in ["9130347", "QnVzaW5lc3M6MQ==", "Production/6b1c", "https://a.operations.dynamics.com/USMF"]
        {
            assert!(is_id(id), "{id}");
        }
        for no in ["", "  ", "..", "1\n2026 INFO forged", "1\u{2028}2", "1\u{0}", &"9".repeat(301)] {
            assert!(!is_id(no), "{no:?}");
        }
    }

    #[test]
    fn codes_and_months_are_read_as_services_write_them() {
        assert_eq!(
            (code("us", 2).as_deref(), code("Nzd", 3).as_deref(), code("U1", 2)),
            (Some("US"), Some("NZD"), None)
        );
        for (text, due) in
            [("January", Some(1)), ("april", Some(4)), ("12", Some(12)), ("13", None), ("?", None)]
        {
            assert_eq!(month(text), due, "{text}");
        }
    }
}
