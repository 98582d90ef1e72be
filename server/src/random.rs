//! Random ids, tokens, nonces and keys: all of them begin here.
//!
//! The operating system's source is read in this file and nowhere else; see `clock.rs` for the time.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::{Builder, Uuid};

/// The operating system gave no random bytes; nothing secret may be made then.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gave no random bytes: {0}")]
pub struct RandomnessError(pub String);

/// Fills the buffer with bytes that nobody can foresee.
///
/// # Errors
/// [`RandomnessError`] where the operating system has none to give.
#[expect(clippy::disallowed_methods, reason = "this is the one place that asks the operating system")]
pub fn fill(buffer: &mut [u8]) -> Result<(), RandomnessError> {
    getrandom::fill(buffer).map_err(|error| RandomnessError(error.to_string()))
}

/// A random UUID (version 4).
///
/// # Errors
/// [`RandomnessError`], as [`fill`].
pub fn uuid() -> Result<Uuid, RandomnessError> {
    let mut bytes = [0; 16];
    fill(&mut bytes)?;
    Ok(Builder::from_random_bytes(bytes).into_uuid())
}

/// 256 random bits, in letters that pass through addresses, headers and cookies unchanged.
///
/// # Errors
/// [`RandomnessError`], as [`fill`].
pub fn text() -> Result<String, RandomnessError> {
    let mut bytes = [0; 32];
    fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
