//! Signatures of OAuth 1.0a (RFC 5849 section 3.4), with whichever hash the method names; NetSuite wants HMAC-SHA256.
//!
//! Written here since it is a page of code; tested against the RFC's own examples.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use url::Url;

/// The two pairs of keys that a request is signed with, and the account as realm.
pub(super) struct Signer<'a> {
    pub consumer_key: &'a str,
    pub consumer_secret: &'a SecretString,
    pub token: &'a str,
    pub token_secret: &'a SecretString,
    pub realm: &'a str,
}

/// The `Authorization` header of a request without a form body.
pub(super) fn header(signer: &Signer<'_>, method: &str, url: &Url, timestamp: i64, nonce: &str) -> String {
    let timestamp = timestamp.to_string();
    let parameters = [
        ("oauth_consumer_key", signer.consumer_key),
        ("oauth_nonce", nonce),
        ("oauth_signature_method", "HMAC-SHA256"),
        ("oauth_timestamp", &timestamp),
        ("oauth_token", signer.token),
        ("oauth_version", "1.0"),
    ];
    let base = base_string(method, url, &parameters);
    let key = key(signer.consumer_secret, signer.token_secret);
    let signature = sign::<Hmac<Sha256>>(&key, &base);
    let fields = parameters
        .into_iter()
        .chain([("oauth_signature", signature.as_str())])
        .map(|(name, value)| format!(", {name}=\"{}\"", percent_encode(value)));
    let fields: Vec<_> = fields.collect();
    format!("OAuth realm=\"{}\"{}", percent_encode(signer.realm), fields.concat())
}

/// RFC 5849 section 3.4.1: method, address and parameters in one line.
fn base_string(method: &str, url: &Url, oauth: &[(&str, &str)]) -> String {
    let mut pairs: Vec<(String, String)> = url
        .query_pairs()
        .map(|(name, value)| (percent_encode(&name), percent_encode(&value)))
        .chain(oauth.iter().map(|(name, value)| (percent_encode(name), percent_encode(value))))
        .collect();
    pairs.sort();
    let pairs: Vec<_> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    let address = format!("{}{}", url.origin().ascii_serialization(), url.path());
    format!("{}&{}&{}", method.to_uppercase(), percent_encode(&address), percent_encode(&pairs.join("&")))
}

fn key(consumer: &SecretString, token: &SecretString) -> String {
    format!("{}&{}", percent_encode(consumer.expose_secret()), percent_encode(token.expose_secret()))
}

/// RFC 5849 section 3.4.2. A key of any length is a key of an HMAC, so nothing can be refused here.
fn sign<M: Mac + KeyInit>(key: &str, base: &str) -> String {
    match <M as Mac>::new_from_slice(key.as_bytes()) {
        Ok(mac) => STANDARD.encode(mac.chain_update(base.as_bytes()).finalize().into_bytes()),
        Err(_) => String::new(),
    }
}

/// RFC 5849 section 3.6: everything but letters, digits, `-`, `.`, `_` and `~` as `%XX`.
fn percent_encode(text: &str) -> String {
    let letter = |byte: u8| match byte {
        byte if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    let letters: Vec<_> = text.bytes().map(letter).collect();
    letters.concat()
}

#[cfg(test)]
mod tests {
    use sha1::Sha1;

    use super::*;

    #[test]
    fn the_signature_of_the_rfcs_photo_request_is_made() {
        let url = Url::parse("http://photos.example.net/photos?file=vacation.jpg&size=original").unwrap();
        let oauth = [
            ("oauth_consumer_key", "dpf43f3p2l4k3l03"),
            ("oauth_token", "nnch734d00sl2jdk"),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", "137131202"),
            ("oauth_nonce", "chapoH"),
        ];
        let key = key(&"kd94hf93k423kf44".into(), &"pfkkdhi9sl3r4s00".into());
        let signature = sign::<Hmac<Sha1>>(&key, &base_string("GET", &url, &oauth));
        assert_eq!(signature, "MdpQcU8iPSUjWoN/UDMsK2sui9I=", "RFC 5849 section 1.2");
    }

    #[test]
    fn the_base_string_of_the_rfcs_example_is_made() {
        let url =
            Url::parse("http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b&c2=&a3=2+q").unwrap();
        let oauth = [
            ("oauth_consumer_key", "9djdj82h48djs9d2"),
            ("oauth_token", "kkk9d7dh3k39sjv7"),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", "137131201"),
            ("oauth_nonce", "7d8f3e4a"),
        ];
        let due = "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D\
                   %26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a\
                   %26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7";
        assert_eq!(base_string("post", &url, &oauth), due, "RFC 5849 section 3.4.1.1");
    }
}
