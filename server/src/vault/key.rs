//! One key, and the name it goes by. The name is taken from the key itself, so the two cannot be mixed up.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretBox};
use sha2::{Digest, Sha256};

use crate::random::{self, RandomnessError};

/// A key of 256 bits. It does not print.
pub struct Key(SecretBox<[u8; 32]>);

/// The first eight bytes of a hash of a key; tells keys apart and says nothing about them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId([u8; Self::LENGTH]);

/// The text is no key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key is 32 bytes in base64 (for example from: openssl rand -base64 32)")]
pub struct KeyError;

impl Key {
    /// A new key of 256 random bits.
    ///
    /// # Errors
    /// [`RandomnessError`] where the operating system has none to give.
    pub fn generate() -> Result<Self, RandomnessError> {
        let mut bytes = Box::new([0; 32]);
        random::fill(&mut bytes[..])?;
        Ok(Self(SecretBox::new(bytes)))
    }

    /// Reads 32 bytes of base64.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let bytes = STANDARD.decode(text.trim()).map_err(|_| KeyError)?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| KeyError)?;
        Ok(Self(SecretBox::new(Box::new(bytes))))
    }

    pub(super) fn expose(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }

    /// The key as a line of its file.
    pub(super) fn line(&self) -> String {
        format!("{}\n", STANDARD.encode(self.expose()))
    }

    /// The name under which sealed values remember it.
    pub fn id(&self) -> KeyId {
        let hash = Sha256::new().chain_update("connect key id").chain_update(self.expose()).finalize();
        let mut id = [0; KeyId::LENGTH];
        id.copy_from_slice(&hash[..KeyId::LENGTH]);
        KeyId(id)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Key({})", self.id())
    }
}

impl KeyId {
    pub(super) const LENGTH: usize = 8;

    pub(super) fn from_bytes(bytes: [u8; Self::LENGTH]) -> Self {
        Self(bytes)
    }

    pub(super) fn to_bytes(self) -> [u8; Self::LENGTH] {
        self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
