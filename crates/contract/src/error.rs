//! The one body in which every refusal travels. Clients judge by `statusCode` in the body, not by the HTTP status.

use serde::{Deserialize, Serialize};

use crate::lenient::null_is_default;

/// The exact message of a poll that ended without news. Clients compare it letter by letter.
pub const CONNECTION_TIMEOUT: &str = "Connection timeout - Updates not found";

/// The exact message of a session call for a business that does not exist. Clients compare it letter by letter.
pub const BUSINESS_NOT_FOUND: &str = "BUSINESS NOT FOUND";

/// The body of every refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// What is wrong.
    pub error: ErrorDetail,
    /// Always an empty object; the field is part of the envelope.
    #[serde(default)]
    pub payload: EmptyObject,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorDetail {
    /// The HTTP status; 401, 403 and 404 mean "not authorised" to a client. 0 where a server left it out.
    #[serde(default, deserialize_with = "null_is_default")]
    pub status_code: u16,
    /// What a person may read. Never absent on our server: old clients crash without it. Other servers leave it out, and
    /// then it reads as an empty text.
    #[serde(default, deserialize_with = "null_is_default")]
    pub message: ErrorMessage,
    /// The status in words, such as `Not Found`.
    #[serde(default)]
    pub error: String,
}

/// One text, or several of which clients read the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ErrorMessage {
    /// One text.
    One(String),
    /// Several texts.
    Many(Vec<String>),
}

impl Default for ErrorMessage {
    fn default() -> Self {
        Self::One(String::new())
    }
}

impl ErrorMessage {
    /// The text that clients read.
    pub fn first(&self) -> &str {
        match self {
            Self::One(text) => text,
            Self::Many(texts) => texts.first().map_or("", String::as_str),
        }
    }
}

/// `{}`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmptyObject {}

impl ErrorBody {
    /// A refusal with one message.
    pub fn new(status_code: u16, error: &str, message: impl Into<String>) -> Self {
        Self {
            error: ErrorDetail {
                status_code,
                message: ErrorMessage::One(message.into()),
                error: error.to_owned(),
            },
            payload: EmptyObject {},
        }
    }
}
