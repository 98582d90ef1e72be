//! The Connect server's public keys (RFC 7517), kept for an hour. A key that is not among them is asked for once: the server's keys
//! take turns.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use tokio::sync::Mutex;

use crate::connect_api::{ConnectApi, ConnectError};

/// For how long the keys are believed.
const FRESH: Duration = Duration::from_hours(1);
/// After how long an unknown key is asked for again: whoever makes ids up does not have us ask at each.
const PAUSE: Duration = Duration::from_secs(30);

/// A public key of Ed25519 (RFC 8037).
pub type PublicKey = Vec<u8>;

/// The keys that were fetched last.
#[derive(Debug, Default)]
pub struct KeySet(Mutex<Option<FetchedKeys>>);

#[derive(Debug)]
struct FetchedKeys {
    by_id: HashMap<String, PublicKey>,
    at: SystemTime,
}

#[derive(Deserialize)]
struct JwkSet {
    keys: Vec<Jwk>,
}

#[derive(Deserialize)]
struct Jwk {
    #[serde(default)]
    kid: String,
    #[serde(default)]
    kty: String,
    #[serde(default)]
    crv: String,
    #[serde(default)]
    x: String,
}

impl KeySet {
    /// The key of this id, if the server has published one.
    ///
    /// # Errors
    /// [`ConnectError`] where the keys cannot be had.
    pub async fn find(
        &self,
        api: &ConnectApi,
        id: &str,
        now: SystemTime,
    ) -> Result<Option<PublicKey>, ConnectError> {
        // Held while they are fetched, so that many who wait fetch them once.
        let mut fetched = self.0.lock().await;
        let is_good = fetched.as_ref().is_some_and(|keys| {
            let due_after = if keys.by_id.contains_key(id) { FRESH } else { PAUSE };
            now < keys.at + due_after
        });
        if !is_good {
            let set: JwkSet = api.get_public("/.well-known/jwks.json").await?;
            *fetched = Some(FetchedKeys { by_id: set.keys.into_iter().filter_map(read).collect(), at: now });
        }
        Ok(fetched.as_ref().and_then(|keys| keys.by_id.get(id).cloned()))
    }
}

/// Keys of other kinds are passed over: they are not ours to check with.
fn read(jwk: Jwk) -> Option<(String, PublicKey)> {
    let key = URL_SAFE_NO_PAD.decode(&jwk.x).ok()?;
    (jwk.kty == "OKP" && jwk.crv == "Ed25519" && key.len() == 32).then_some((jwk.kid, key))
}
