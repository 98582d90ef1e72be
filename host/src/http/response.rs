//! The headers that all answers have. The host page's own policy is `policy.rs`'s.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;

/// Pages without a widget load this site's stylesheet and script, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Says that a page decides about its policy itself; it is not sent.
#[derive(Clone, Copy, Debug)]
pub struct OwnPolicy;

/// Adds them. What is for one visitor alone says so itself, by `no-store`.
pub async fn add_common_headers(mut response: Response) -> Response {
    const COMMON: [(HeaderName, &str); 2] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // The success page's address may carry a connection id, which is nobody else's business.
        (header::REFERRER_POLICY, "same-origin"),
    ];
    let has_own_policy = response.extensions().get::<OwnPolicy>().is_some();
    let headers = response.headers_mut();
    for (name, value) in COMMON {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    if !has_own_policy {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    }
    response
}
