//! How an answer says that it was given before, under the same `Idempotency-Key`. `v2/idempotency.rs` says it, and the audit reads
//! it, since what is repeated did nothing.

use axum::http::HeaderName;

/// Set where an answer is one of before.
pub(super) const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
