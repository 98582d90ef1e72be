//! Proof key for code exchange, S256 only (RFC 7636; RFC 9700 advises against `plain`).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::{
    error::{ErrorCode, OAuthError},
    params::Params,
};

/// A checked `code_challenge` of the method S256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge(String);

impl Challenge {
    /// Reads `code_challenge` and `code_challenge_method`.
    ///
    /// # Errors
    /// `invalid_request` when the method is not S256 or the challenge cannot be a SHA-256 digest.
    pub fn read(params: &Params) -> Result<Option<Self>, OAuthError> {
        let refuse = |sentence| Err(OAuthError::new(ErrorCode::InvalidRequest, sentence));
        let (challenge, method) = (params.get("code_challenge")?, params.get("code_challenge_method")?);
        match (challenge, method) {
            (None, None) => Ok(None),
            (None, Some(_)) => refuse("A code_challenge_method needs a code_challenge."),
            (Some(challenge), Some("S256")) => {
                let digest = URL_SAFE_NO_PAD.decode(challenge).unwrap_or_default();
                if digest.len() == Sha256::output_size() {
                    Ok(Some(Self(challenge.to_owned())))
                } else {
                    refuse("The code_challenge is not a SHA-256 digest in base64url without padding.")
                }
            }
            (Some(_), _) => refuse("The code_challenge_method must be S256."),
        }
    }

    /// Whether `verifier` is what the challenge was made of (RFC 7636, section 4.6).
    pub fn is_answered_by(&self, verifier: &str) -> bool {
        let well_formed = (43..=128).contains(&verifier.len())
            && verifier.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b));
        well_formed && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_example_of_rfc_7636_appendix_b_holds() {
        let query = format!("code_challenge={CHALLENGE}&code_challenge_method=S256");
        let challenge = Challenge::read(&Params::read(query.as_bytes())).unwrap().unwrap();
        assert!(challenge.is_answered_by(VERIFIER));
        assert!(!challenge.is_answered_by(&VERIFIER.replace('d', "e")));
        assert!(!challenge.is_answered_by(CHALLENGE));
    }

    #[test]
    fn anything_but_s256_is_refused() {
        for query in [
            format!("code_challenge={CHALLENGE}"),
            format!("code_challenge={CHALLENGE}&code_challenge_method=plain"),
            "code_challenge=short&code_challenge_method=S256".to_owned(),
            "code_challenge_method=S256".to_owned(),
        ] {
            let error = Challenge::read(&Params::read(query.as_bytes())).unwrap_err();
            assert_eq!(error.code, ErrorCode::InvalidRequest, "{query}");
        }
    }
}
