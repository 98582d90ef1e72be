//! Headers that answers carry, and the one kind of redirect.
//!
//! The content policy names no `form-action` on purpose: Chromium applies it to the redirect after a form as well, and
//! the consent form ends in a redirect to the client.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::store::requests::OpenerPolicy;

const COOP: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

const COMMON_HEADERS: [(HeaderName, HeaderValue); 4] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
    ),
];

/// What every answer of the program carries.
pub(super) async fn add_common_headers(mut response: Response) -> Response {
    for (name, value) in COMMON_HEADERS {
        response.headers_mut().insert(name, value);
    }
    response
}

/// What an answer to the person's browser says about the window that opened it.
pub(super) fn with_opener_policy(mut response: Response, opener: OpenerPolicy) -> Response {
    if let Some(policy) = opener.header() {
        response.headers_mut().insert(COOP, HeaderValue::from_static(policy));
    }
    response
}

/// A redirect that turns a POST into a GET (RFC 9700, section 4.12).
pub(super) fn see_other(to: &str) -> Response {
    match HeaderValue::try_from(to) {
        Ok(to) => (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
