//! The sandbox's sign-in: a use case is posted instead of anybody signing in.

use serde::{Deserialize, Serialize, Serializer};

/// The body posted to the address that `/services/url` gave for a sandbox service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SandboxLogin {
    /// How the sign-in is to end.
    pub code: UseCase,
}

/// How a sandbox sign-in ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UseCase {
    /// Connected, with data.
    UserGood,
    /// Refused, since the company is connected already.
    DuplicateConnection,
    /// Refused, since the application may not do this.
    FailedConnection,
    /// Refused, since the credentials are wrong.
    InvalidCredentials,
    /// Connected, without data.
    DataEmpty,
}

impl UseCase {
    /// All of them, in the order in which a form lists them.
    pub const ALL: [Self; 5] = [
        Self::UserGood,
        Self::DuplicateConnection,
        Self::FailedConnection,
        Self::InvalidCredentials,
        Self::DataEmpty,
    ];

    /// The word that travels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UserGood => "user_good",
            Self::DuplicateConnection => "duplicate_connection",
            Self::FailedConnection => "failed_connection",
            Self::InvalidCredentials => "invalid_credentials",
            Self::DataEmpty => "data_empty",
        }
    }
}

/// As a plain text. Serde's derived writer speaks of a variant, for which serde-wasm-bindgen keeps a table of names of some
/// 2 KB.
impl Serialize for UseCase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
