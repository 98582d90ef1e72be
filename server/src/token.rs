//! One-time and bearer tokens: what a client holds, and what the database holds instead.
//!
//! A token is 256 random bits, so a plain SHA-256 of it is safe to store: there is nothing to guess from it. Whoever
//! reads the database can neither act as a session nor finish somebody's sign-in.

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::random::{self, RandomnessError};

/// A token as the client holds it. It does not print.
#[derive(Clone, Debug)]
pub struct Token(SecretString);

impl Token {
    /// A new token of 256 random bits.
    ///
    /// # Errors
    /// [`RandomnessError`] where the operating system has none to give.
    pub fn generate() -> Result<Self, RandomnessError> {
        Ok(Self(random::text()?.into()))
    }

    /// A token that a browser brought, or that derives from one.
    pub fn from_text(text: String) -> Self {
        Self(text.into())
    }

    /// The text, for the one answer, header or address it travels in.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// What the database keeps of it.
    pub fn hash(&self) -> TokenHash {
        TokenHash::of(self.expose())
    }
}

/// The SHA-256 of a token; finds it again without being it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// The hash of a token that a client brought.
    pub fn of(token: &str) -> Self {
        Self::of_bytes(token.as_bytes())
    }

    /// The hash of bytes that a client brought: what they said is not kept.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The 32 bytes, as the database keeps them.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl TryFrom<Vec<u8>> for TokenHash {
    type Error = Vec<u8>;

    fn try_from(bytes: Vec<u8>) -> Result<Self, Vec<u8>> {
        bytes.try_into().map(Self)
    }
}
