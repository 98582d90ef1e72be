//! The headers by which a back end knows that a delivery is this server's: Railz's, and those of Standard Webhooks
//! (<https://www.standardwebhooks.com>).
//!
//! While a secret is being replaced, both sign, the newest first.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use sha2::Sha256;

use super::secret::WebhookSecret;
use crate::domain::webhook::EventId;

/// The headers of a delivery that is sent at `now`, by name and value.
///
/// - `railz-signature: t=<milliseconds>,v=<hex>`: HMAC-SHA256 over `<t>.<body>`; the key is the secret's text as it was shown,
///   `whsec_` included. One `v` for each secret.
/// - `webhook-id`, `webhook-timestamp` (seconds), `webhook-signature: v1,<base64>`: HMAC-SHA256 over `<id>.<timestamp>.<body>`;
///   the key is what the secret's text encodes behind `whsec_`. One signature for each secret, parted by spaces.
pub fn headers(
    secrets: &[WebhookSecret],
    event: &EventId,
    now: Timestamp,
    body: &[u8],
) -> [(&'static str, String); 4] {
    let milliseconds = now.as_millisecond();
    let seconds = now.as_second();
    let mut railz = format!("t={milliseconds}");
    let mut standard = Vec::new();
    for secret in secrets {
        let signed = sign(secret.expose().as_bytes(), &[format!("{milliseconds}.").as_bytes(), body]);
        railz.push_str(",v=");
        railz.extend(signed.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(hex_digit));
        let signed = sign(&secret.decode(), &[format!("{event}.{seconds}.").as_bytes(), body]);
        standard.push(format!("v1,{}", STANDARD.encode(signed)));
    }
    [
        ("railz-signature", railz),
        ("webhook-id", event.to_string()),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", standard.join(" ")),
    ]
}

fn hex_digit(half: u8) -> Option<char> {
    char::from_digit(u32::from(half), 16)
}

fn sign(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}
