//! Which answers travel compressed, and which must not.
//!
//! The length of a compressed answer tells an onlooker whether something in the request resembles something secret in the
//! answer (BREACH, CVE-2013-3587). So nothing is compressed that repeats free text of the request beside what is to stay
//! secret; `SECURITY.md` has the reasons one by one. What is short gains nothing, since it fits into one packet anyway.

use axum::http::header::CONTENT_TYPE;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};

/// From how many bytes on an answer is compressed; shorter ones travel in one packet, polls above all.
const WORTHWHILE: u16 = 1024;

/// Brotli's level. Measured on a sandbox's session with all services, 4,890 bytes: 1,345 in 0.1 ms so, 1,259 in 7.6 ms on the
/// highest level, gzip 1,448.
const QUALITY: CompressionLevel = CompressionLevel::Precise(5);

/// Put into an answer's extensions where it repeats free text of the request: it is not compressed.
#[derive(Clone, Copy, Debug)]
pub(super) struct RepeatsRequest;

/// Compresses what is worthwhile and safe, by Brotli or gzip as the client takes it.
pub(super) fn layer() -> CompressionLayer<impl Predicate + Send + Sync + 'static> {
    CompressionLayer::new().quality(QUALITY).compress_when(SizeAbove::new(WORTHWHILE).and(is_safe))
}

/// Whether an answer is JSON that does not repeat its request. Refusals do: they name what was wrong.
fn is_safe(status: StatusCode, _: Version, headers: &HeaderMap, extensions: &Extensions) -> bool {
    let is_json = headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    status.is_success() && is_json && extensions.get::<RepeatsRequest>().is_none()
}
