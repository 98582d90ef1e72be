//! Randomness as a parameter: ids, tokens, nonces and keys all come from one [`Randomness`].
//!
//! The operating system's source is read in this file and nowhere else.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::{Builder, Uuid};

/// A source of bytes that nobody can foresee.
pub trait Randomness: Send + Sync {
    /// Fills the buffer.
    ///
    /// # Errors
    /// [`RandomnessError`] where the source does not answer; nothing secret may be made then.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), RandomnessError>;
}

/// The source of random bytes did not answer.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gave no random bytes: {0}")]
pub struct RandomnessError(pub String);

/// The operating system's source.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the operating system")]
    fn fill(&self, buffer: &mut [u8]) -> Result<(), RandomnessError> {
        getrandom::fill(buffer).map_err(|error| RandomnessError(error.to_string()))
    }
}

/// A random UUID (version 4).
///
/// # Errors
/// [`RandomnessError`], as the source says.
pub fn uuid(source: &dyn Randomness) -> Result<Uuid, RandomnessError> {
    let mut bytes = [0; 16];
    source.fill(&mut bytes)?;
    Ok(Builder::from_random_bytes(bytes).into_uuid())
}

/// 256 random bits, in letters that pass through addresses, headers and cookies unchanged.
///
/// # Errors
/// [`RandomnessError`], as the source says.
pub fn text(source: &dyn Randomness) -> Result<String, RandomnessError> {
    let mut bytes = [0; 32];
    source.fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
