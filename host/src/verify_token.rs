//! The connectionToken, checked offline: a JWS (RFC 7515) signed with `EdDSA` by the server's key, for this widget, within its ten
//! minutes, and never twice (`docs/back-end.md`, "What the success page receives").
//!
//! A JOSE library does the same; what it takes for the one algorithm there is stands here instead, with ring's Ed25519.

use std::time::{Duration, SystemTime};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::Deserialize;

use crate::connect_api::{ConnectApi, ConnectError};
use crate::key_set::KeySet;
use crate::secret::{ConnectionToken, PageState};
use crate::seen_ids::SeenIds;

/// What a token says.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Claims {
    iss: String,
    aud: String,
    exp: u64,
    /// The token's own id.
    pub jti: String,
    /// What the session was minted with.
    #[serde(default)]
    pub state: Option<PageState>,
    /// For whom things were connected.
    pub business_uuid: String,
}

/// Why a token is not believed.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Not three parts of base64url with the right things in them, or another algorithm or kind of token.
    #[error("it is no connectionToken")]
    Form,
    /// The server has published no such key.
    #[error("it is signed by an unknown key")]
    UnknownKey,
    /// Changed, or signed by somebody else.
    #[error("its signature does not fit")]
    Signature,
    /// Of another Connect server.
    #[error("it is of another server")]
    Issuer,
    /// For another widget.
    #[error("it is for another widget")]
    Audience,
    /// Its ten minutes are over.
    #[error("it ran out")]
    Expired,
    /// It came before.
    #[error("it was taken already")]
    Replayed,
    /// The server's public keys cannot be had.
    #[error(transparent)]
    Keys(#[from] ConnectError),
}

/// What a token is held against.
#[derive(Debug)]
pub struct TokenVerifier {
    issuer: String,
    widget_id: String,
    keys: KeySet,
    seen: SeenIds,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
    typ: String,
}

impl TokenVerifier {
    /// Believes tokens that this server signed for this widget.
    pub fn new(issuer: String, widget_id: String) -> Self {
        Self { issuer, widget_id, keys: KeySet::default(), seen: SeenIds::default() }
    }

    /// What a token says, once it is believed. It is not believed a second time.
    ///
    /// # Errors
    /// [`TokenError`].
    pub async fn verify(
        &self,
        api: &ConnectApi,
        token: &ConnectionToken,
        now: SystemTime,
    ) -> Result<Claims, TokenError> {
        let (signed, signature) = token.expose().rsplit_once('.').ok_or(TokenError::Form)?;
        let (header, payload) = signed.split_once('.').ok_or(TokenError::Form)?;
        let header: Header = read(header)?;
        if header.alg != "EdDSA" || header.typ != "connection+jwt" {
            return Err(TokenError::Form);
        }
        let key = self.keys.find(api, &header.kid, now).await?.ok_or(TokenError::UnknownKey)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| TokenError::Form)?;
        UnparsedPublicKey::new(&ED25519, key)
            .verify(signed.as_bytes(), &signature)
            .map_err(|_| TokenError::Signature)?;
        let claims: Claims = read(payload)?;
        if claims.iss != self.issuer {
            return Err(TokenError::Issuer);
        }
        if claims.aud != self.widget_id {
            return Err(TokenError::Audience);
        }
        let end = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(claims.exp));
        let end = end.filter(|end| *end > now).ok_or(TokenError::Expired)?;
        if !self.seen.take(&claims.jti, end, now) {
            return Err(TokenError::Replayed);
        }
        Ok(claims)
    }

    /// Lets a token come once more, where it was brought by somebody else than whom it is for, or could not be redeemed for want
    /// of an answer that counts.
    pub fn release(&self, claims: &Claims) {
        self.seen.release(&claims.jti);
    }
}

fn read<T: for<'a> Deserialize<'a>>(part: &str) -> Result<T, TokenError> {
    let json = URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenError::Form)?;
    serde_json::from_slice(&json).map_err(|_| TokenError::Form)
}
