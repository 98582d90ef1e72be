//! The other side of RFC 5849: takes a header apart and makes the signature anew. Shares no code with whoever signs.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

pub(super) struct SignedHeader {
    pub token: String,
    pub nonce: String,
    pub realm: String,
}

/// What a rightly signed header says. Requests here have neither query nor form.
pub(super) fn verify_header(
    header: &str,
    method: &str,
    address: &str,
    (key, secret): (&str, &str),
    token_secret: &str,
) -> Option<SignedHeader> {
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    for part in header.strip_prefix("OAuth ")?.split(',') {
        let (name, value) = part.trim().split_once('=')?;
        let value = value.strip_prefix('"')?.strip_suffix('"')?;
        fields.insert(name.to_owned(), decode(value)?);
    }
    let realm = fields.remove("realm")?;
    let signature = STANDARD.decode(fields.remove("oauth_signature")?).ok()?;
    let plain = fields.get("oauth_consumer_key")? == key
        && fields.get("oauth_signature_method")? == "HMAC-SHA256"
        && fields.get("oauth_timestamp")?.parse::<u64>().is_ok();
    let line: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    let base = [method.to_owned(), escape(address), escape(&line.join("&"))].join("&");
    let hmac_key = format!("{}&{}", escape(secret), escape(token_secret));
    let mut mac = Hmac::<Sha256>::new_from_slice(hmac_key.as_bytes()).ok()?;
    mac.update(base.as_bytes());
    if !plain || mac.verify_slice(&signature).is_err() {
        return None;
    }
    Some(SignedHeader { token: fields.remove("oauth_token")?, nonce: fields.remove("oauth_nonce")?, realm })
}

fn decode(text: &str) -> Option<String> {
    let query = format!("x={}", text.replace('+', "%2B"));
    let (_, value) = url::form_urlencoded::parse(query.as_bytes()).next()?;
    Some(value.into_owned())
}

fn escape(text: &str) -> String {
    let form: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    form.replace('+', "%20").replace('*', "%2A").replace("%7E", "~")
}
