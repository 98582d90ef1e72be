//! Whether a text holds a token: as itself, percent-encoded, or in base64.
//!
//! A service that means to tell a token has other ways; this is for those that repeat what they were sent. `headers.rs` asks it.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};

/// How many times percent signs are looked through.
const DECODED_AT_MOST: usize = 3;

/// Whether the token is in there.
pub(super) fn holds_token(text: &[u8], token: &SecretString) -> bool {
    let needles = forms(token.expose_secret().as_bytes());
    let mut text = text.to_vec();
    for _ in 0..=DECODED_AT_MOST {
        if needles.iter().any(|needle| contains(&text, needle)) {
            return true;
        }
        let decoded = decode(&text);
        if decoded.len() == text.len() {
            return false;
        }
        text = decoded;
    }
    false
}

fn contains(text: &[u8], needle: &[u8]) -> bool {
    text.windows(needle.len().max(1)).any(|part| part == needle)
}

/// The token, and what of its base64 does not depend on what stands before and behind it.
fn forms(token: &[u8]) -> Vec<Vec<u8>> {
    let mut forms = vec![token.to_vec()];
    for before in 0..3 {
        let padded = [&[0; 2][..before], token].concat();
        let (first, end) = ((before * 8).div_ceil(6), padded.len() * 8 / 6);
        for encoded in [STANDARD_NO_PAD.encode(&padded), URL_SAFE_NO_PAD.encode(&padded)] {
            forms.extend(encoded.as_bytes().get(first..end).map(<[u8]>::to_vec));
        }
    }
    forms
}

/// Percent signs decoded once; one without two digits behind it stays.
fn decode(text: &[u8]) -> Vec<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, after @ ..] = rest {
        rest = after;
        let byte = match after {
            [high, low, after @ ..] if *first == b'%' => digit(high).zip(digit(low)).map(|(high, low)| {
                rest = after;
                high * 16 + low
            }),
            _ => None,
        };
        decoded.push(byte.unwrap_or(*first));
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_as_itself_percent_encoded_and_in_base64_wherever_it_stands() {
        let token = SecretString::from("a+Token/of.a-service_1");
        for text in [
            "x a+Token/of.a-service_1 y".to_owned(),
            "a%2BToken%2Fof.a-service_1".to_owned(),
            "a%252BToken%252Fof.a%2dservice_1".to_owned(),
            "%61%2b%54oken/of.a-service_1".to_owned(),
            STANDARD_NO_PAD.encode("a+Token/of.a-service_1"),
            STANDARD_NO_PAD.encode("user:a+Token/of.a-service_1\n"),
            URL_SAFE_NO_PAD.encode("{\"t\":\"a+Token/of.a-service_1\"}"),
            STANDARD_NO_PAD.encode("ba+Token/of.a-service_1").replace('+', "%2B"),
        ] {
            assert!(holds_token(text.as_bytes(), &token), "{text}");
        }
        for text in
            ["", "%", "%zz%2", "a+Token", &STANDARD_NO_PAD.encode("another text, much longer than that")]
        {
            assert!(!holds_token(text.as_bytes(), &token), "{text}");
        }
    }
}
