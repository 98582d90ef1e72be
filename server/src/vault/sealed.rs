//! A sealed value in the form in which the database keeps it: version, key id, nonce, cipher text.

use std::fmt;

use super::key::KeyId;

pub(super) const NONCE: usize = 24;
const VERSION: u8 = 1;
const HEAD: usize = 1 + KeyId::LENGTH + NONCE;
const TAG: usize = 16;

/// A sealed value. It opens only in the vault, with the record and field it was sealed for.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

/// The bytes are no sealed value.
#[derive(Debug, thiserror::Error)]
#[error("not a sealed value of version {VERSION} ({0} bytes)")]
pub struct SealedError(usize);

impl Sealed {
    pub(super) fn new(key: KeyId, nonce: [u8; NONCE], cipher: Vec<u8>) -> Self {
        let mut bytes = Vec::with_capacity(HEAD + cipher.len());
        bytes.push(VERSION);
        bytes.extend(key.to_bytes());
        bytes.extend(nonce);
        bytes.extend(cipher);
        Self(bytes)
    }

    /// The key it was sealed with.
    pub fn key(&self) -> KeyId {
        let mut id = [0; KeyId::LENGTH];
        id.copy_from_slice(&self.0[1..=KeyId::LENGTH]);
        KeyId::from_bytes(id)
    }

    pub(super) fn nonce(&self) -> &[u8] {
        &self.0[1 + KeyId::LENGTH..HEAD]
    }

    pub(super) fn cipher(&self) -> &[u8] {
        &self.0[HEAD..]
    }

    /// The bytes as the database keeps them: key id, nonce, ciphertext.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl TryFrom<Vec<u8>> for Sealed {
    type Error = SealedError;

    fn try_from(bytes: Vec<u8>) -> Result<Self, SealedError> {
        if bytes.len() >= HEAD + TAG && bytes[0] == VERSION {
            Ok(Self(bytes))
        } else {
            Err(SealedError(bytes.len()))
        }
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Sealed(key {})", self.key())
    }
}
