//! Answers only who asks for this site by its own name, or by one of this machine.
//!
//! A page elsewhere can have its own name lead to this address (DNS rebinding), and a browser then takes both for one site: that page
//! could read the minted session out of the answer.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::site::Site;

/// Refuses a request by another name. What has no `Host` is of no browser.
pub async fn refuse_others(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST);
    match host.map(|host| host.to_str().is_ok_and(|host| site.answers_to(host))) {
        Some(false) => (StatusCode::MISDIRECTED_REQUEST, "no such site is here\n").into_response(),
        Some(true) | None => next.run(request).await,
    }
}
