//! The rule for the name of a business, for both sides: the widget refuses a host's option by it before anything is asked,
//! the server refuses a call by it.

use std::fmt;

use crate::ids::BusinessName;

const SHORTEST: usize = 2;
const LONGEST: usize = 40;
const FORBIDDEN: &str = r#"%[]\*|{}""#;

/// What a business name must be, in words for developers.
pub const BUSINESS_NAME_RULE: &str = "2 to 40 visible characters without % [ ] \\ * | { } \"";

/// Why a text is no business name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BusinessNameError {
    /// It is too short or too long: how many characters it has.
    Length(usize),
    /// It has a character that is not allowed.
    Character(char),
    /// It is blank, or holds a control character: two such names look alike, or like none.
    Invisible,
}

impl BusinessName {
    /// Takes a name as the vendor of 2.23 documents it: 2 to 40 characters, none of them reserved. Ours: not blank, and
    /// without control characters, which nobody sees; with parentheses, as in "Smith (UK) Ltd", which that refuses.
    ///
    /// # Errors
    /// What is wrong with the length, that something cannot be seen, or the first character that is reserved.
    pub fn parse(text: &str) -> Result<Self, BusinessNameError> {
        let length = text.chars().count();
        if !(SHORTEST..=LONGEST).contains(&length) {
            return Err(BusinessNameError::Length(length));
        }
        if text.chars().all(char::is_whitespace) || text.chars().any(char::is_control) {
            return Err(BusinessNameError::Invisible);
        }
        // Letter by letter: a text's own search for a letter that may be of several bytes is a search for a text.
        match text.chars().find(|character| FORBIDDEN.chars().any(|one| one == *character)) {
            Some(character) => Err(BusinessNameError::Character(character)),
            None => Ok(Self::new(text)),
        }
    }
}

impl fmt::Display for BusinessNameError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(length) => write!(
                formatter,
                "businessName must have {SHORTEST} to {LONGEST} characters; this one has {length}"
            ),
            Self::Invisible => {
                formatter.write_str("businessName must not be blank, and must not contain control characters")
            }
            Self::Character(character) => write!(
                formatter,
                r#"businessName must not contain any of % [ ] \ * | {{ }} " and this one contains {character}"#
            ),
        }
    }
}

impl std::error::Error for BusinessNameError {}

#[cfg(test)]
mod tests {
    use super::{BUSINESS_NAME_RULE, BusinessNameError, FORBIDDEN};
    use crate::ids::BusinessName;

    #[test]
    fn a_name_has_two_to_forty_characters_whatever_their_bytes() {
        for name in ["ab", "Ä€", "Smith (UK) Ltd", &"é".repeat(40)] {
            assert_eq!(BusinessName::parse(name), Ok(BusinessName::new(name)), "{name}");
        }
        for (name, length) in [("", 0), ("a", 1), ("€", 1), (&"é".repeat(41), 41)] {
            assert_eq!(BusinessName::parse(name), Err(BusinessNameError::Length(length)), "{name}");
        }
    }

    #[test]
    fn every_reserved_character_is_refused_and_named_in_the_rule() {
        for character in FORBIDDEN.chars() {
            let name = format!("A {character} business");
            assert_eq!(BusinessName::parse(&name), Err(BusinessNameError::Character(character)));
            assert!(BUSINESS_NAME_RULE.contains(character), "{character}");
        }
    }

    #[test]
    fn a_name_that_nobody_sees_is_none() {
        // They used to be businesses of their own.
        for name in ["  ", "\u{2003}\u{3000}", "Harbour\0", "Harbour\n", "\u{7}\u{7}"] {
            assert_eq!(BusinessName::parse(name), Err(BusinessNameError::Invisible), "{name:?}");
        }
    }

    #[test]
    fn the_words_of_a_refusal_say_what_is_wrong() {
        assert_eq!(
            BusinessNameError::Length(41).to_string(),
            "businessName must have 2 to 40 characters; this one has 41"
        );
        assert_eq!(
            BusinessNameError::Character('%').to_string(),
            r#"businessName must not contain any of % [ ] \ * | { } " and this one contains %"#
        );
    }
}
