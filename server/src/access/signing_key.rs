//! One key pair of Ed25519 (RFC 8032): the private half signs and is sealed at rest, the public half is published.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::random::{self, RandomnessError};

/// The name of a key in tokens and in the key set (`kid`): its thumbprint (RFC 7638), so that no two keys share one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Thumbprint(String);

impl fmt::Display for Thumbprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The public half of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyingKey([u8; 32]);

/// Both halves of a key. It does not print.
pub struct SigningKey {
    seed: SecretString,
    pair: Ed25519KeyPair,
    id: Thumbprint,
}

/// The text is no seed of a signing key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a signing key's seed is 32 bytes in base64url")]
pub struct SeedError;

/// One key of the published set (RFC 7517, RFC 8037).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Jwk {
    kty: &'static str,
    crv: &'static str,
    x: String,
    kid: Thumbprint,
    alg: &'static str,
    #[serde(rename = "use")]
    usage: &'static str,
}

impl SigningKey {
    /// A new key from 256 random bits.
    ///
    /// # Errors
    /// [`RandomnessError`] where the operating system has none to give.
    pub fn generate() -> Result<Self, RandomnessError> {
        let seed = SecretString::from(random::text()?);
        Self::from_seed(seed).map_err(|error| RandomnessError(error.to_string()))
    }

    /// The key that this seed makes: 32 bytes in base64url, as [`SigningKey::seed`] gave it.
    ///
    /// # Errors
    /// [`SeedError`].
    pub fn from_seed(seed: SecretString) -> Result<Self, SeedError> {
        let bytes = URL_SAFE_NO_PAD.decode(seed.expose_secret()).map_err(|_| SeedError)?;
        let pair = Ed25519KeyPair::from_seed_unchecked(&bytes).map_err(|_| SeedError)?;
        let public: [u8; 32] = pair.public_key().as_ref().try_into().map_err(|_| SeedError)?;
        Ok(Self { seed, pair, id: VerifyingKey(public).thumbprint() })
    }

    /// What the key can be made from again, for the vault.
    pub fn seed(&self) -> &SecretString {
        &self.seed
    }

    /// What tokens call it.
    pub fn id(&self) -> &Thumbprint {
        &self.id
    }

    /// Signs these bytes; 64 bytes come of it.
    pub(super) fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        self.pair.sign(bytes).as_ref().to_vec()
    }

    /// The half that everybody may have.
    pub fn verifying_key(&self) -> VerifyingKey {
        let mut public = [0; 32];
        public.copy_from_slice(self.pair.public_key().as_ref());
        VerifyingKey(public)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SigningKey({})", self.id)
    }
}

impl VerifyingKey {
    /// Whether the private half of this key made that signature over those bytes.
    pub(super) fn is_signature_of(&self, bytes: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.0).verify(bytes, signature).is_ok()
    }

    /// The 32 bytes, as the database keeps them.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The key's thumbprint: a hash of its required members in this very order (RFC 7638 section 3).
    pub fn thumbprint(&self) -> Thumbprint {
        let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, self.encode());
        Thumbprint(URL_SAFE_NO_PAD.encode(Sha256::digest(members)))
    }

    /// The key as it is published.
    pub fn to_jwk(&self) -> Jwk {
        Jwk {
            kty: "OKP",
            crv: "Ed25519",
            x: self.encode(),
            kid: self.thumbprint(),
            alg: "EdDSA",
            usage: "sig",
        }
    }

    fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }
}

impl TryFrom<Vec<u8>> for VerifyingKey {
    type Error = Vec<u8>;

    fn try_from(bytes: Vec<u8>) -> Result<Self, Vec<u8>> {
        bytes.try_into().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key pair of RFC 8037 appendix A.1.
    const SEED: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

    #[test]
    fn the_key_of_rfc_8037_has_its_public_half_and_thumbprint() {
        let key = SigningKey::from_seed(SEED.to_owned().into()).expect("the seed of the RFC");
        let jwk = key.verifying_key().to_jwk();
        assert_eq!(jwk.x, "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assert_eq!(key.id().to_string(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn a_signing_key_does_not_print() {
        let key = SigningKey::from_seed(SEED.to_owned().into()).expect("the seed of the RFC");
        assert!(!format!("{key:?}").contains(SEED));
    }

    #[test]
    fn what_is_no_seed_is_refused() {
        for text in ["", "short", "!!!"] {
            assert_eq!(SigningKey::from_seed(text.to_owned().into()).err(), Some(SeedError), "{text:?}");
        }
    }
}
