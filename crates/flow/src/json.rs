//! The host's own JSON, carried and never looked into.

/// JSON as text. The shell makes it with the browser's `JSON.stringify` and reads it with `JSON.parse`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonText(pub String);
