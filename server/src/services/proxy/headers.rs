//! Which headers travel along with a proxied call, there and back.
//!
//! What proves the back end to this server stays here, and so does what proves this server to the service. Of either way what
//! is for one connection only (RFC 9110 section 7.6.1), cookies, and what speaks of who asked for whom are left out.

use std::collections::HashSet;

use axum::http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, COOKIE, EXPECT, FORWARDED, HOST, LOCATION, ORIGIN, SET_COOKIE,
    TRANSFER_ENCODING, VIA,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::token_in_text::holds_token;
use crate::services::oauth::address_template::fill;
use crate::services::oauth::connection_api::ConnectionApi;
use crate::services::oauth::lookup_profile::TokenHeader;

/// A token or a configured value that no header may have.
#[derive(Debug, thiserror::Error)]
#[error("the access token or a configured header is no header value")]
pub struct HeaderError;

/// Where a redirect leads that does not stay within the API: told, and not followed by whoever follows `Location`.
const ELSEWHERE: HeaderName = HeaderName::from_static("railz-proxy-location");

/// Headers for one connection only (RFC 9110 section 7.6.1, and older ones).
const HOP_BY_HOP: [&str; 9] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// What speaks of who asked for whom, or of another address than the request's own; `_` counts as `-`, as at many servers.
const ABOUT_THE_WAY: [&str; 16] = [
    "ali-cdn-real-ip",
    "cdn-src-ip",
    "client-ip",
    "cookie2",
    "fastly-client-ip",
    "proxy",
    "remote-addr",
    "remote-user",
    "true-client-ip",
    "wl-proxy-client-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-host",
    "x-http-host-override",
    "x-proxyuser-ip",
    "x-user-ip",
];
const ABOUT_THE_WAY_BEGINNINGS: [&str; 11] = [
    "cf-connecting-",
    "railz-",
    "x-appengine-user-",
    "x-azure-",
    "x-envoy-",
    "x-forwarded",
    "x-original-",
    "x-proxy-",
    "x-real-",
    "x-remote-",
    "x-rewrite-",
];

/// What a service's answer would say about this server to whoever hears it.
const OF_THE_SERVICES_HOST: [&str; 15] = [
    "alt-svc",
    "clear-site-data",
    "edge-control",
    "idempotency-replayed",
    "nel",
    "public-key-pins",
    "refresh",
    "report-to",
    "reporting-endpoints",
    "service-worker-allowed",
    "set-cookie2",
    "strict-transport-security",
    "x-lighttpd-send-file",
    "x-reproxy-url",
    "x-sendfile",
];

/// What a proxy in front of a server takes for the server's own word: which of its files to send, and what to keep for whom.
const ORDERS_FOR_A_PROXY: [&str; 2] = ["surrogate-", "x-accel-"];
const ORDERS_FOR_A_CACHE: &str = "cdn-cache-control";

/// The headers that `Connection` names: they are for this connection too.
fn named_by_connection(headers: &HeaderMap) -> HashSet<String> {
    let values = headers.get_all(CONNECTION).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(|name| name.trim().to_ascii_lowercase()).collect()
}

/// The headers of a back end's request that go to the service, with the token and what the service wants beside it.
pub(super) fn outgoing(
    came: &HeaderMap,
    api: &ConnectionApi<'_>,
    token: &SecretString,
) -> Result<HeaderMap, HeaderError> {
    let for_this_connection = named_by_connection(came);
    let stays = |name: &HeaderName| {
        let text = name.as_str();
        let plain = text.replace('_', "-");
        [AUTHORIZATION, CONTENT_LENGTH, COOKIE, EXPECT, FORWARDED, HOST, ORIGIN, VIA].contains(name)
            || HOP_BY_HOP.contains(&text)
            || ABOUT_THE_WAY.contains(&plain.as_str())
            || ABOUT_THE_WAY_BEGINNINGS.iter().any(|begin| plain.starts_with(begin))
            || for_this_connection.contains(text)
    };
    let mut headers = HeaderMap::new();
    for (name, value) in came.iter().filter(|(name, _)| !stays(name)) {
        headers.append(name, value.clone());
    }
    for (name, text) in &api.profile.headers {
        let text = fill(text, &api.variables).ok_or(HeaderError)?;
        headers.insert(header_name(name)?, HeaderValue::from_str(&text).map_err(|_| HeaderError)?);
    }
    let (name, text) = match &api.profile.token_header {
        TokenHeader::Authorization(scheme) => (AUTHORIZATION, format!("{scheme} {}", token.expose_secret())),
        TokenHeader::Named(name) => (header_name(name)?, token.expose_secret().to_owned()),
    };
    let mut secret = HeaderValue::from_str(&text).map_err(|_| HeaderError)?;
    secret.set_sensitive(true);
    headers.insert(name, secret);
    Ok(headers)
}

fn header_name(name: &str) -> Result<HeaderName, HeaderError> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| HeaderError)
}

/// The headers of a service's answer that go to the back end. `asked` is the address that answered, `proxy` where this server
/// passes calls of the same connection on.
pub(super) fn incoming(
    (status, came): (StatusCode, &HeaderMap),
    (api, asked): (&Url, &Url),
    proxy: &str,
    token: &SecretString,
) -> HeaderMap {
    let for_this_connection = named_by_connection(came);
    // A length beside chunks would cut them off, and where there is no body none can be said.
    let has_no_length = came.contains_key(TRANSFER_ENCODING)
        || [StatusCode::NO_CONTENT, StatusCode::RESET_CONTENT, StatusCode::NOT_MODIFIED].contains(&status);
    let stays = |name: &HeaderName, value: &HeaderValue| {
        let text = name.as_str();
        [AUTHORIZATION, LOCATION, SET_COOKIE].contains(name)
            || HOP_BY_HOP.contains(&text)
            || OF_THE_SERVICES_HOST.contains(&text)
            || ORDERS_FOR_A_PROXY.iter().any(|begin| text.starts_with(begin))
            || text.ends_with(ORDERS_FOR_A_CACHE)
            || (name == CONTENT_LENGTH && has_no_length)
            || text.starts_with("access-control-")
            || text.starts_with("railz-")
            || for_this_connection.contains(text)
            || holds_token(value.as_bytes(), token)
    };
    let mut headers = HeaderMap::new();
    for (name, value) in came.iter().filter(|(name, value)| !stays(name, value)) {
        headers.append(name, value.clone());
    }
    let location = came.get(LOCATION).filter(|value| !holds_token(value.as_bytes(), token));
    let location = location.and_then(|value| location_of(value, api, asked, proxy));
    if let Some((name, value)) = location.filter(|(_, value)| !holds_token(value.as_bytes(), token)) {
        headers.insert(name, value);
    }
    headers
}

/// Where a redirect leads, or where something was made: within the API to the same place behind this server, so that it can be
/// followed with the secret key; elsewhere under another name, so that nobody takes the key there by following it.
fn location_of(
    value: &HeaderValue,
    api: &Url,
    asked: &Url,
    proxy: &str,
) -> Option<(HeaderName, HeaderValue)> {
    let url = asked.join(value.to_str().ok()?).ok()?;
    if !url.username().is_empty() || url.password().is_some() || !["https", "http"].contains(&url.scheme()) {
        return None;
    }
    let beginning = format!("{}/", api.path().trim_end_matches('/'));
    let below = url.path().strip_prefix(&beginning).filter(|_| url.origin() == api.origin());
    let Some(below) = below else {
        return Some((ELSEWHERE, HeaderValue::from_str(url.as_str()).ok()?));
    };
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some((LOCATION, HeaderValue::from_str(&format!("{proxy}/{below}{query}")).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_within_the_api_leads_through_this_server_and_another_one_is_told_under_another_name() {
        let api = Url::parse("https://api.example/v3").unwrap();
        let asked = Url::parse("https://api.example/v3/files/1").unwrap();
        let proxy = "https://connect.example/v2/connections/CON-1/proxy";
        let at = |location: &str| {
            location_of(&HeaderValue::from_str(location).unwrap(), &api, &asked, proxy)
                .map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap().to_owned()))
        };
        for (location, due) in [
            ("2", ("location", "https://connect.example/v2/connections/CON-1/proxy/files/2")),
            ("/v3/x?y=1", ("location", "https://connect.example/v2/connections/CON-1/proxy/x?y=1")),
            ("https://api.example/v3x", ("railz-proxy-location", "https://api.example/v3x")),
            ("/v3/../admin", ("railz-proxy-location", "https://api.example/admin")),
            ("//evil.example/v3/x", ("railz-proxy-location", "https://evil.example/v3/x")),
            ("http://api.example/v3/x", ("railz-proxy-location", "http://api.example/v3/x")),
        ] {
            assert_eq!(at(location), Some((due.0.to_owned(), due.1.to_owned())), "{location}");
        }
        for nowhere in ["javascript:alert(1)", "file:///etc/passwd", "https://user:secret@api.example/v3/x"] {
            assert_eq!(at(nowhere), None, "{nowhere}");
        }
    }
}
