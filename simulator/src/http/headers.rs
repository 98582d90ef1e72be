//! Headers that answers carry.
//!
//! The content policy names no `form-action` on purpose: Chromium applies it to the redirect after a form as well, and
//! the consent form ends in a redirect to the client.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

use crate::store::requests::Opener;

const COOP: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

const FOR_ALL: [(HeaderName, HeaderValue); 4] = [
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
pub(super) async fn for_all(mut response: Response) -> Response {
    for (name, value) in FOR_ALL {
        response.headers_mut().insert(name, value);
    }
    response
}

/// What an answer to the person's browser says about the window that opened it.
pub(super) fn about_opener(mut response: Response, opener: Opener) -> Response {
    if opener == Opener::Severed {
        response.headers_mut().insert(COOP, HeaderValue::from_static("same-origin"));
    }
    response
}
