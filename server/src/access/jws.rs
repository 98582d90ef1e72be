//! JSON Web Signatures in their compact form (RFC 7515), signed with `EdDSA` (RFC 8037) and nothing else.
//!
//! A library for JWTs would bring every other algorithm along, RSA's among them, for the one that is used here; what is
//! left is this file, and the tests hold it against `WebCrypto` and Python's JOSE library.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::signing_key::{SigningKey, Thumbprint, VerifyingKey};

/// The longest token that is read, in bytes; ours are some hundred, and a few thousand with many connections.
const LONGEST: usize = 32 * 1024;

/// The protected header (RFC 7515 section 4).
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    alg: String,
    kid: Thumbprint,
    typ: String,
}

/// Why a token is not one that this server signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JwsError {
    /// Not three parts of base64url with a header of ours in the first.
    #[error("it is no compact JWS of this server")]
    Form,
    /// Another algorithm than `EdDSA`, such as `none`.
    #[error("it is signed with another algorithm than EdDSA")]
    Algorithm,
    /// Another kind of token, by `typ`.
    #[error("it is another kind of token")]
    Type,
    /// No published key has the header's `kid`.
    #[error("the key that it names is none of this server's")]
    UnknownKey,
    /// Header, payload or signature was changed.
    #[error("its signature does not fit: it was changed, or signed by somebody else")]
    Signature,
}

/// A claim set could not be written as JSON.
#[derive(Debug, thiserror::Error)]
#[error("the claims cannot be written as JSON: {0}")]
pub struct ClaimsError(#[from] serde_json::Error);

/// Signs claims as a compact JWS of this `typ`.
///
/// # Errors
/// [`ClaimsError`] where the claims have no form in JSON.
pub fn sign(key: &SigningKey, typ: &str, claims: &impl Serialize) -> Result<String, ClaimsError> {
    let header = Header { alg: "EdDSA".to_owned(), kid: key.id().clone(), typ: typ.to_owned() };
    let header = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&header)?);
    let payload = URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims)?);
    let signed = format!("{header}.{payload}");
    let signature = URL_SAFE_NO_PAD.encode(key.sign(signed.as_bytes()));
    Ok(format!("{signed}.{signature}"))
}

/// The claims of a token of this `typ`, once its signature was found right.
///
/// # Errors
/// [`JwsError`]. Claims of another form than `T` are [`JwsError::Form`].
pub fn verify<'k, T: for<'a> Deserialize<'a>>(
    token: &str,
    typ: &str,
    find_key: impl FnOnce(&Thumbprint) -> Option<&'k VerifyingKey>,
) -> Result<T, JwsError> {
    if token.len() > LONGEST {
        return Err(JwsError::Form);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(JwsError::Form)?;
    let (header, payload) = signed.split_once('.').ok_or(JwsError::Form)?;
    let header: Header = read(header)?;
    if header.alg != "EdDSA" {
        return Err(JwsError::Algorithm);
    }
    if header.typ != typ {
        return Err(JwsError::Type);
    }
    let key = find_key(&header.kid).ok_or(JwsError::UnknownKey)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| JwsError::Form)?;
    if !key.is_signature_of(signed.as_bytes(), &signature) {
        return Err(JwsError::Signature);
    }
    read(payload)
}

fn read<T: for<'a> Deserialize<'a>>(part: &str) -> Result<T, JwsError> {
    let json = URL_SAFE_NO_PAD.decode(part).map_err(|_| JwsError::Form)?;
    serde_json::from_slice(&json).map_err(|_| JwsError::Form)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const TYP: &str = "connection+jwt";

    fn key() -> SigningKey {
        SigningKey::generate().expect("random bytes")
    }

    fn verified(token: &str, key: &SigningKey) -> Result<Value, JwsError> {
        let public = key.verifying_key();
        verify(token, TYP, |id| (id == key.id()).then_some(&public))
    }

    fn with_header(token: &str, header: &Value) -> String {
        let (_, rest) = token.split_once('.').expect("three parts");
        format!("{}.{rest}", URL_SAFE_NO_PAD.encode(header.to_string()))
    }

    #[test]
    fn what_was_signed_is_read_again() {
        let (key, claims) = (key(), json!({"aud": "W"}));
        let token = sign(&key, TYP, &claims).expect("claims");
        assert_eq!(verified(&token, &key), Ok(claims));
    }

    #[test]
    fn a_changed_claim_is_refused() {
        let key = key();
        let token = sign(&key, TYP, &json!({"aud": "W"})).expect("claims");
        let parts: Vec<_> = token.split('.').collect();
        let other = URL_SAFE_NO_PAD.encode(r#"{"aud":"X"}"#);
        let changed = format!("{}.{other}.{}", parts[0], parts[2]);
        assert_eq!(verified(&changed, &key), Err(JwsError::Signature));
    }

    #[test]
    fn a_token_without_an_algorithm_is_refused() {
        let key = key();
        let token = sign(&key, TYP, &json!({})).expect("claims");
        let none = with_header(&token, &json!({"alg": "none", "kid": key.id(), "typ": TYP}));
        assert_eq!(verified(&none, &key), Err(JwsError::Algorithm));
        let hmac = with_header(&token, &json!({"alg": "HS256", "kid": key.id(), "typ": TYP}));
        assert_eq!(verified(&hmac, &key), Err(JwsError::Algorithm));
    }

    #[test]
    fn another_kind_of_token_is_refused() {
        let key = key();
        let token = sign(&key, "JWT", &json!({})).expect("claims");
        assert_eq!(verified(&token, &key), Err(JwsError::Type));
    }

    #[test]
    fn a_token_of_a_stranger_is_refused() {
        let (ours, theirs) = (key(), key());
        let token = sign(&theirs, TYP, &json!({})).expect("claims");
        assert_eq!(verified(&token, &ours), Err(JwsError::UnknownKey));
        let posing = with_header(&token, &json!({"alg": "EdDSA", "kid": ours.id(), "typ": TYP}));
        assert_eq!(verified(&posing, &ours), Err(JwsError::Signature));
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let key = key();
        for text in ["", ".", "..", "a.b", "a.b.c", "e30.e30.e30", &"a".repeat(LONGEST + 1)] {
            assert_eq!(verified(text, &key), Err(JwsError::Form), "{text:.20}");
        }
    }
}
