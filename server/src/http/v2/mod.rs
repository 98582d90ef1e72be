//! What a customer's back end asks: everything below `/v2`, with a secret key and never from a page.
//!
//! `secret_key_bearer.rs` says for whom, `idempotency.rs` has it done once. No route here answers a page: there is no CORS, and a request that has an
//! `Origin` is refused.

mod idempotency;
mod redeem;
pub mod secret_key_bearer;
mod sessions;

use std::sync::Arc;

use axum::routing::post;
use axum::{Router, middleware};

use crate::app::App;

/// The routes below `/v2`.
pub(super) fn routes(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/v2/connections/redeem", post(redeem::redeem))
        .route("/v2/sessions", post(sessions::mint))
        .layer(middleware::from_fn_with_state(app.clone(), idempotency::layer))
}
