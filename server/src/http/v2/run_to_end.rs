//! What a back end asked to be done is done to its end, also where it hangs up meanwhile.
//!
//! A handler is dropped with its connection, perhaps between the database's commit and what has to follow: the answer that is
//! kept (`idempotency.rs`), the revocation at the service. So whatever changes something runs as a task of
//! [`App::finishing`], which the server waits for when it ends. What only reads is dropped as ever.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use crate::app::App;
use crate::http::error_response::{OUR_FAULT, body};

/// Runs every request that may change something to its end. One whose body never came in whole does nothing, as before.
pub(in crate::http) async fn layer(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    app.finishing.spawn(next.run(request).in_current_span()).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a request of a back end broke off");
        body(StatusCode::INTERNAL_SERVER_ERROR, OUR_FAULT.to_owned())
    })
}
