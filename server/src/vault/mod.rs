//! The vault: credentials are sealed before they touch the database and opened only where they are used.
//!
//! XChaCha20-Poly1305 with a random 192-bit nonce each time. The seal names its key, and is bound to the record and the
//! field it stands in (as associated data), so that a value moved to another row or column does not open. Rotation is
//! resealing: the first key of the ring seals, all of them open. See `key_source.rs` for where keys come from.

mod key;
mod key_source;
mod sealed;

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use secrecy::{ExposeSecret, SecretString};

pub use key::{Key, KeyError, KeyId};
pub use key_source::{KeyRing, KeySource, KeysError, KeysMissingError};
pub use sealed::{Sealed, SealedError};

use crate::random::{self, RandomnessError};

/// What a sealed value is, so that one cannot pass for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// A connection's access token.
    AccessToken,
    /// A connection's refresh token.
    RefreshToken,
    /// An attempt's PKCE verifier.
    Verifier,
    /// Credentials that wait for a choice.
    Waiting,
    /// What a signing key's private half is made from.
    SigningKey,
    /// An answer that is kept for whoever asks the same again.
    Answer,
    /// What signs the deliveries of a webhook.
    WebhookSecret,
}

impl Field {
    fn word(self) -> &'static str {
        match self {
            Self::AccessToken => "access_token",
            Self::RefreshToken => "refresh_token",
            Self::Verifier => "verifier",
            Self::Waiting => "waiting",
            Self::SigningKey => "signing_key",
            Self::Answer => "answer",
            Self::WebhookSecret => "webhook_secret",
        }
    }
}

/// Seals credentials with the first key of its ring, and opens them with any.
pub struct Vault {
    ring: KeyRing,
}

/// Why something could not be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// No random bytes for the nonce.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// The cipher refused, which it does for texts of many gigabytes only.
    #[error("the text is too long to be sealed")]
    TooLong,
}

/// Why something could not be opened.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Sealed with a key that is not in the ring.
    #[error("sealed with key {0}, which this server was not given")]
    UnknownKey(KeyId),
    /// Changed, or not the value of this record and field.
    #[error("the {field} of {record} was changed, or belongs elsewhere")]
    NotGenuine {
        /// The word of the [`Field`] that it was to be opened as.
        field: &'static str,
        /// The id of the record that it was to be opened for.
        record: String,
    },
}

impl Vault {
    /// A vault that opens with every key of the ring and seals with the first.
    pub fn new(ring: KeyRing) -> Self {
        Self { ring }
    }

    /// The id of the key that seals from now on.
    pub fn sealing_key(&self) -> KeyId {
        self.ring.first().id()
    }

    /// Seals a text as this field of this record.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn seal(&self, record: &str, field: Field, text: &SecretString) -> Result<Sealed, SealError> {
        let mut nonce = [0; sealed::NONCE];
        random::fill(&mut nonce)?;
        let key = self.ring.first();
        let bound = associated_data(key.id(), record, field);
        let payload = Payload { msg: text.expose_secret().as_bytes(), aad: &bound };
        let cipher =
            cipher(key).encrypt(XNonce::from_slice(&nonce), payload).map_err(|_| SealError::TooLong)?;
        Ok(Sealed::new(key.id(), nonce, cipher))
    }

    /// Opens what was sealed as this field of this record.
    ///
    /// # Errors
    /// [`OpenError`] where the key is not there, or the value is not genuine.
    pub fn open(&self, record: &str, field: Field, sealed: &Sealed) -> Result<SecretString, OpenError> {
        let id = sealed.key();
        let key = self.ring.get(id).ok_or(OpenError::UnknownKey(id))?;
        let not_genuine = || OpenError::NotGenuine { field: field.word(), record: record.to_owned() };
        let bound = associated_data(id, record, field);
        let payload = Payload { msg: sealed.cipher(), aad: &bound };
        let plain =
            cipher(key).decrypt(XNonce::from_slice(sealed.nonce()), payload).map_err(|_| not_genuine())?;
        Ok(String::from_utf8(plain).map_err(|_| not_genuine())?.into())
    }
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.expose().into())
}

/// The associated data. Zero bytes part the pieces; ids and field words contain none.
fn associated_data(key: KeyId, record: &str, field: Field) -> Vec<u8> {
    [&key.to_bytes()[..], record.as_bytes(), field.word().as_bytes()].join(&0)
}
