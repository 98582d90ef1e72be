//! Whether a delivery is the Connect server's (`docs/webhooks.md`, "Verifying"): signed over the raw body, at most five minutes old.
//!
//! Each delivery is signed in two ways, and either would do. This site is an example of both, so both must fit. ring compares
//! in constant time.

use std::time::{Duration, SystemTime};

use axum::http::HeaderMap;
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;

use crate::secret::WebhookSecret;

/// How far a delivery's time may be from ours.
pub const MOST_APART: Duration = Duration::from_mins(5);

/// Why a delivery is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// A header is missing or not of the right form.
    #[error("the header {0} is missing or not understood")]
    Header(&'static str),
    /// Its time is more than five minutes from ours: sent long ago, and kept by somebody.
    #[error("its time in {0} is more than five minutes away")]
    Stale(&'static str),
    /// Signed with another secret, or changed.
    #[error("the signature in {0} does not fit")]
    Signature(&'static str),
    /// The secret is not what `webhook add` printed.
    #[error("this site's webhook secret is no whsec_… of base64")]
    Secret,
}

/// The id of a delivery whose signatures fit.
///
/// # Errors
/// [`WebhookError`].
pub fn verify<'a>(
    secret: &WebhookSecret,
    headers: &'a HeaderMap,
    body: &[u8],
    now: SystemTime,
) -> Result<&'a str, WebhookError> {
    verify_railz(secret, read(headers, "railz-signature")?, body, now)?;
    let id = read(headers, "webhook-id")?;
    let timestamp = read(headers, "webhook-timestamp")?;
    verify_standard(secret, (id, timestamp), read(headers, "webhook-signature")?, body, now)?;
    Ok(id)
}

/// `t=<milliseconds>,v=<hex>`, with a second `v` while a secret is being replaced.
fn verify_railz(
    secret: &WebhookSecret,
    header: &str,
    body: &[u8],
    now: SystemTime,
) -> Result<(), WebhookError> {
    const NAME: &str = "Railz-Signature";
    let parts: Vec<_> = header.split(',').filter_map(|part| part.trim().split_once('=')).collect();
    let time = parts.iter().find(|(name, _)| *name == "t").map(|(_, value)| *value);
    let time = time.ok_or(WebhookError::Header(NAME))?;
    let sent = time.parse().map(Duration::from_millis).map_err(|_| WebhookError::Header(NAME))?;
    check_time(NAME, sent, now)?;
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
    let signed = [time.as_bytes(), b".", body].concat();
    let given = parts.iter().filter(|(name, _)| *name == "v").filter_map(|(_, value)| from_hex(value));
    check_one_fits(NAME, &key, &signed, given)
}

/// `v1,<base64>`, with a second one behind a space while a secret is being replaced.
fn verify_standard(
    secret: &WebhookSecret,
    (id, timestamp): (&str, &str),
    header: &str,
    body: &[u8],
    now: SystemTime,
) -> Result<(), WebhookError> {
    const NAME: &str = "webhook-signature";
    let sent = timestamp.parse().map(Duration::from_secs);
    check_time(NAME, sent.map_err(|_| WebhookError::Header("webhook-timestamp"))?, now)?;
    let bytes = secret.expose().strip_prefix("whsec_").and_then(|text| STANDARD.decode(text).ok());
    let key = hmac::Key::new(hmac::HMAC_SHA256, &bytes.ok_or(WebhookError::Secret)?);
    let signed = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body].concat();
    let given = header.split(' ').filter_map(|one| STANDARD.decode(one.strip_prefix("v1,")?).ok());
    check_one_fits(NAME, &key, &signed, given)
}

fn check_time(name: &'static str, sent: Duration, now: SystemTime) -> Result<(), WebhookError> {
    let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    if now.abs_diff(sent) <= MOST_APART { Ok(()) } else { Err(WebhookError::Stale(name)) }
}

fn check_one_fits(
    name: &'static str,
    key: &hmac::Key,
    signed: &[u8],
    mut given: impl Iterator<Item = Vec<u8>>,
) -> Result<(), WebhookError> {
    if given.any(|given| hmac::verify(key, signed, &given).is_ok()) {
        Ok(())
    } else {
        Err(WebhookError::Signature(name))
    }
}

fn read<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a str, WebhookError> {
    headers.get(name).and_then(|value| value.to_str().ok()).ok_or(WebhookError::Header(name))
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|letter| letter.to_digit(16)).collect();
    let (pairs, rest) = digits.as_deref()?.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| u8::try_from(high * 16 + low).ok()).collect()
}
