//! Which names of businesses are one: those that look alike.
//!
//! Unicode writes one name in several ways (composed or not, full width, with joiners that nobody sees), and a business
//! that is found by its name must not become two by it. Letters of different scripts that resemble each other stay
//! different: which of them a person means cannot be told from the name.

use railz_connect_contract::BusinessName;
use unicode_normalization::UnicodeNormalization;

use super::company_details::is_invisible;

/// The name as it is compared: in NFKC (Unicode Standard Annex 15), without invisible characters, with single spaces.
pub fn fold(name: &BusinessName) -> String {
    let visible = name.as_str().nfkc().map(|one| if one.is_whitespace() { ' ' } else { one });
    let visible: String = visible.filter(|one| !is_invisible(*one)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_are_one_and_others_are_not() {
        let fold = |name: &str| fold(&BusinessName::new(name));
        for alike in [
            "Caf\u{e9} Rosa",
            "Cafe\u{301} Rosa",
            " Caf\u{e9}  Rosa ",
            "Ca\u{200b}f\u{e9}\u{a0}Rosa",
            "\u{ff23}af\u{e9} Rosa",
        ] {
            assert_eq!(fold(alike), "Caf\u{e9} Rosa", "{alike:?}");
        }
        assert_ne!(fold("Cafe Rosa"), fold("Caf\u{e9} Rosa"));
        assert_eq!(fold("\u{200b}\u{200d}"), "");
    }
}
