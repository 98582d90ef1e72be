//! The one place where a refusal becomes an answer and a log line.

use std::fmt;

use axum::Json;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use railz_connect_contract::ErrorBody;

/// The message for a fault of this server; the cause is in the log alone.
pub(super) const OUR_FAULT: &str = "Something went wrong on our side. Please try again in a few minutes.";

/// An error of a route: status and message for the client, and as `Display` the log line for the operator.
pub(super) trait ErrorResponse: fmt::Display {
    /// The HTTP status, which stands in the body too.
    fn status(&self) -> StatusCode;
    /// The words for the client: what is wrong and what would be right.
    fn message(&self) -> String;
}

/// Why a call was refused, in the words of the log, on its way to the audit.
#[derive(Clone, Debug)]
pub(super) struct RefusedFor(pub String);

/// Marks an answer that only by its status looks like a refusal: nothing came of what was waited for.
#[derive(Clone, Copy, Debug)]
pub(super) struct NoRefusal;

/// Answers with a refusal and writes its log line.
pub(super) fn refuse(refusal: &impl ErrorResponse) -> Response {
    let status = refusal.status();
    log(status, refusal);
    let mut response = body(status, refusal.message());
    response.extensions_mut().insert(RefusedFor(refusal.to_string()));
    response
}

/// Writes a refusal's one log line: faults of ours and of providers as errors.
pub(super) fn log(status: StatusCode, refusal: &impl fmt::Display) {
    if status.is_server_error() {
        tracing::error!(status = status.as_u16(), "refused: {refusal}");
    } else {
        tracing::info!(status = status.as_u16(), "refused: {refusal}");
    }
}

pub(super) fn body(status: StatusCode, message: String) -> Response {
    let name = status.canonical_reason().unwrap_or("Error");
    (status, Json(ErrorBody::new(status.as_u16(), name, message))).into_response()
}

/// The longest part of an address that nothing is at which is logged, in bytes. Tokens, keys and ids are longer.
const LONGEST_PART: usize = 16;

/// A path by its short parts: tokens and keys stand in it where a scanner, a wrongly set proxy or a confused back end put them.
fn path_for_log(uri: &Uri) -> String {
    let parts = uri.path().split('/');
    parts.map(|part| if part.len() > LONGEST_PART { "…" } else { part }).collect::<Vec<_>>().join("/")
}

/// Answers where no route is.
pub(super) async fn answer_not_found(method: Method, uri: Uri) -> Response {
    tracing::info!(status = 404, "refused: nothing is at {method} {}", path_for_log(&uri));
    body(StatusCode::NOT_FOUND, format!("there is nothing at {}", uri.path()))
}

/// Answers where a route is, but not for this method.
pub(super) async fn answer_wrong_method(method: Method, uri: Uri) -> Response {
    tracing::info!(status = 405, "refused: {method} {}", path_for_log(&uri));
    body(StatusCode::METHOD_NOT_ALLOWED, format!("{} does not answer to {method}", uri.path()))
}

/// Makes an error enum that is an [`ErrorResponse`] an answer of axum's.
macro_rules! respond_with_error {
    ($name:ty) => {
        impl axum::response::IntoResponse for $name {
            fn into_response(self) -> axum::response::Response {
                $crate::http::error_response::refuse(&self)
            }
        }
    };
}
pub(super) use respond_with_error;
