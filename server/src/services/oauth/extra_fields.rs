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

/// A text that is not empty, or a number as text: ids travel as either.
pub(super) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
