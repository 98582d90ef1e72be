//! A request with an `Idempotency-Key`, and how long it is remembered.

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use railz_connect_contract::WidgetId;

use crate::token::TokenHash;

/// The longest `Idempotency-Key`, in bytes.
pub const LONGEST_KEY: usize = 255;

/// For how many seconds an answer is kept.
pub const KEPT_SECONDS: u64 = 24 * 60 * 60;

/// After how many seconds a request that was never answered counts as lost: the server fell over meanwhile.
pub const UNDER_WAY_SECONDS: u64 = 5 * 60;

/// A request as it is remembered: by what it is known again, and no word of what it said.
#[derive(Clone, Debug)]
pub struct IdempotentRequest {
    /// The widget whose secret key it had. Its keys of the same scopes share their `Idempotency-Key`s, so that a
    /// rotation between two tries is no hindrance.
    pub widget: WidgetId,
    /// The path it was sent to.
    pub path: String,
    /// The hash of its `Idempotency-Key`, and of the scopes of its secret key.
    pub key: TokenHash,
    /// The hash of its body.
    pub body: TokenHash,
    /// When it is forgotten.
    pub expires_at: Timestamp,
}

impl IdempotentRequest {
    /// What its answer is sealed for, so that it opens as the answer to this request alone.
    pub fn record(&self) -> String {
        let text = |hash: &TokenHash| STANDARD.encode(hash.as_bytes());
        format!("{} {} {} {}", self.widget, self.path, text(&self.key), text(&self.body))
    }
}
