//! What is wrong with a body, in words that repeat nothing of it but the short name of a field.
//!
//! serde's own words repeat values (`invalid type: string "…"`), and these words go to the answer, the log and the audit: a
//! body in which a token stands at the wrong place would put it there.

use std::fmt;

use serde_json::error::Category;

/// The longest name of an unknown field that is repeated, in bytes. Tokens and keys are longer.
const LONGEST_FIELD: usize = 32;

/// What is wrong with a body, as it may be told and written down.
#[derive(Debug)]
pub(super) struct BodyFault(String);

impl fmt::Display for BodyFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<serde_json::Error> for BodyFault {
    fn from(error: serde_json::Error) -> Self {
        let words = error.to_string();
        Self(match error.classify() {
            Category::Data => tell(&words).unwrap_or_else(|| {
                format!("a wrong value at line {} column {}", error.line(), error.column())
            }),
            Category::Io | Category::Syntax | Category::Eof => words,
        })
    }
}

/// serde's words for a wrong value, without that value; none where they are of a kind that is not known.
fn tell(words: &str) -> Option<String> {
    // Our own words; what a field must be called stands in them, and never what came.
    let is_ours = ["missing field", "duplicate field", "a token is"];
    let told = if is_ours.iter().any(|beginning| words.starts_with(beginning)) {
        words.to_owned()
    } else if let Some(rest) = words.strip_prefix("unknown field `") {
        // From behind: the name may have any letters.
        let (field, expected) = rest.rsplit_once("`, expected ")?;
        let is_name = field.len() <= LONGEST_FIELD && field.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_name { words.to_owned() } else { format!("unknown field, expected {expected}") }
    } else {
        let kind = ["invalid type", "invalid value", "invalid length", "unknown variant"];
        let kind = kind.iter().find(|kind| words.starts_with(**kind))?;
        format!("{kind}, expected {}", expected(words)?)
    };
    Some(told.chars().take(300).collect())
}

/// What serde wanted instead: it stands last, behind whatever came.
fn expected(words: &str) -> Option<&str> {
    words.rsplit_once(", expected ").map(|(_, expected)| expected)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Form {
        business_name: String,
    }

    fn fault(body: &str) -> String {
        let form = serde_json::from_str::<Form>(body).map(|form| form.business_name);
        BodyFault::from(form.unwrap_err()).to_string()
    }

    #[test]
    fn a_value_is_never_repeated_wherever_it_stands() {
        for body in [
            r#""SECRET""#,
            r#"{"businessName": {"SECRET": 1}}"#,
            r#"["SECRET", "SECRET"]"#,
            r#"{"SECRET.of-a-page": 1}"#,
            r#"{"SECRET`, expected SECRET": 1}"#,
            r#""SECRET, expected SECRET""#,
            r#"{"SECRETSECRETSECRETSECRETSECRETSECRET": 1}"#,
            r#"{"businessName": "SECRET"} SECRET"#,
        ] {
            assert!(!fault(body).contains("SECRET"), "{body}: {}", fault(body));
        }
    }

    #[test]
    fn what_is_wrong_is_told_all_the_same() {
        assert!(fault("{}").starts_with("missing field `businessName`"), "{}", fault("{}"));
        assert!(fault(r#"{"nmae": 1}"#).starts_with("unknown field `nmae`, expected"));
        let text = fault(r#""text""#);
        assert!(text.starts_with("invalid type, expected struct") && text.ends_with("column 6"), "{text}");
    }
}
