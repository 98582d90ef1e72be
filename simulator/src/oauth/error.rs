//! The errors of RFC 6749 (sections 4.1.2.1 and 5.2), by name.
//!
//! Descriptions are our own sentences and never repeat what was sent: RFC 6749 allows few characters there, and a code
//! or token must not come back in an error.

use crate::random::RandomnessError;

/// The `error` value on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorCode {
    /// A parameter is missing, repeated or malformed.
    InvalidRequest,
    /// The client is unknown or did not prove itself.
    InvalidClient,
    /// The code or token is wrong, used, old, or another client's.
    InvalidGrant,
    /// The token endpoint does not know this `grant_type`.
    UnsupportedGrantType,
    /// The authorisation endpoint only knows `response_type=code`.
    UnsupportedResponseType,
    /// The scope is malformed or more than was granted.
    InvalidScope,
    /// The person said no.
    AccessDenied,
    /// The provider failed, here always because it was asked to.
    ServerError,
}

impl ErrorCode {
    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::ServerError => "server_error",
        }
    }
}

/// A refusal with the sentence that says what is wrong and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {description}", .code.as_str())]
pub struct OAuthError {
    /// What kind of refusal it is.
    pub code: ErrorCode,
    /// For the developer who reads it: printable ASCII without quotes and backslashes.
    pub description: String,
}

impl OAuthError {
    /// A refusal of this kind with this sentence.
    pub fn new(code: ErrorCode, description: impl Into<String>) -> Self {
        Self { code, description: description.into() }
    }

    /// The token endpoint's refusal of a code or token, with the sentence that says why.
    pub fn invalid_grant(sentence: &str) -> Self {
        Self::new(ErrorCode::InvalidGrant, sentence)
    }
}

impl From<RandomnessError> for OAuthError {
    fn from(error: RandomnessError) -> Self {
        Self::new(ErrorCode::ServerError, error.to_string())
    }
}
