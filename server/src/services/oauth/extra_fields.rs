//! What a token endpoint says beside the standard fields: the company's id, or when a token lapses.

use std::collections::BTreeMap;
use std::fmt;

use oauth2::ExtraTokenFields;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The further fields of a token answer. Some are secrets (an `id_token`), so none is printed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct ExtraFields(BTreeMap<String, Value>);

impl ExtraTokenFields for ExtraFields {}

impl fmt::Debug for ExtraFields {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ExtraFields").finish_non_exhaustive()
    }
}

impl ExtraFields {
    /// A field's text, or its number as text.
    pub(super) fn text(&self, field: &str) -> Option<String> {
        self.0.get(field).and_then(as_text)
    }
}

/// Whole numbers from here on are not told apart from their neighbours once they are read as floating point.
const NOT_EXACT: f64 = 9_007_199_254_740_992.0;

/// A text that is not empty, or a number as text: ids travel as either. A number that was rounded when it was read is none: two
/// companies would have one id.
pub(super) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => {
            let is_rounded = number.is_f64() && number.as_f64().is_some_and(|read| read.abs() >= NOT_EXACT);
            (!is_rounded).then(|| number.to_string())
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of two companies the second one was "connected already".
    #[test]
    fn ids_that_no_number_holds_are_not_taken_for_one_another() {
        let read = |json: &str| as_text(&serde_json::from_str(json).unwrap());
        assert_eq!(read("18446744073709551617"), None);
        assert_eq!(read("1e300"), None);
        for text in ["18446744073709551615", "-9223372036854775808", "7", "1.5"] {
            assert_eq!(read(text).as_deref(), Some(text));
        }
        assert_eq!(read("\"18446744073709551617\"").as_deref(), Some("18446744073709551617"));
    }
}
