//! Which pages may ask (CORS).
//!
//! A preflight carries no token, so it is answered for any origin that is registered with any widget. The request itself
//! is then checked against the origins of its own widget by the routes. A request without `Origin` is no browser's
//! cross-origin call and passes, but opens no session. The server's own origin needs no answer to a preflight; the routes
//! refuse it but for the visits that are bound to it.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::app::App;
use crate::config::PublicUrl;
use crate::domain::origin::OriginPattern;
use crate::domain::visit::Visit;
use crate::domain::widget::Widget;
use crate::store::StoreError;

/// For how many seconds a browser may remember a preflight: a day, the most that any keeps one (Firefox a day, Chromium two
/// hours, `WebKit` ten minutes). Nothing is given away by it, since the request itself is checked each time.
const MAX_AGE: HeaderValue = HeaderValue::from_static("86400");

/// The longest origin that a page can have, in bytes: a scheme, a host (RFC 1035) and a port, with some to spare.
const LONGEST_ORIGIN: usize = 300;

/// How much of an origin an answer repeats, in letters.
const LONGEST_SHOWN: usize = 200;

/// Why a page may not ask.
#[derive(Debug, thiserror::Error)]
pub(super) enum CorsError {
    #[error("an origin that is not registered with any widget")]
    Unregistered(String),
    #[error("an origin that is not registered with widget {widget}")]
    OtherWidget { origin: String, widget: String },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ErrorResponse for CorsError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Unregistered(_) | Self::OtherWidget { .. } => StatusCode::FORBIDDEN,
            Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Unregistered(origin) => {
                let origin = shown(origin);
                format!("The page {origin} may not use this server: register its origin with a widget.")
            }
            Self::OtherWidget { origin, .. } => {
                let origin = shown(origin);
                format!("The page {origin} may not use this widget: register its origin with it.")
            }
            Self::Store(_) => OUR_FAULT.to_owned(),
        }
    }
}

respond_with_error!(CorsError);

/// Checks that the page behind a request may carry this widget.
pub(super) fn check(widget: &Widget, headers: &HeaderMap) -> Result<(), CorsError> {
    match origin(headers) {
        Some(origin) if !widget.welcomes(&origin) => {
            Err(CorsError::OtherWidget { origin, widget: widget.id.to_string() })
        }
        _ => Ok(()),
    }
}

/// Checks that the page behind a request may speak for this visit: one that may carry the widget or, where a link led into the
/// visit, the page on which this server shows the widget itself.
pub(super) fn check_visit(widget: &Widget, visit: &Visit, headers: &HeaderMap) -> Result<(), CorsError> {
    if visit.is_hosted_on(origin(headers).as_deref()) { Ok(()) } else { check(widget, headers) }
}

/// Whether the page behind a request is on this server's own origin.
pub(super) fn is_own_page(public_url: &PublicUrl, headers: &HeaderMap) -> bool {
    origin(headers).is_some_and(|origin| origin == public_url.origin())
}

/// The origin of the page that asks. A page on the server's own origin sends none with a `GET`, but its browser says that
/// it is there (Fetch Metadata; `WebKit` does on https alone), and whoever came by a link is nowhere else.
pub(super) fn page_origin(
    public_url: &PublicUrl,
    widget: &Widget,
    visit: &Visit,
    headers: &HeaderMap,
) -> Option<String> {
    let own = public_url.origin();
    let says_so = headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin");
    let is_own = says_so || visit.is_hosted_on(Some(&own));
    let origin = origin(headers).or_else(|| is_own.then_some(own));
    origin.filter(|origin| visit.is_hosted_on(Some(origin)) || widget.welcomes(origin))
}

/// An origin as answers repeat it, cut where it is none.
pub(super) fn shown(origin: &str) -> String {
    origin.chars().take(LONGEST_SHOWN).collect()
}

/// The origin of the page behind a request, as its browser tells it.
pub(super) fn origin(headers: &HeaderMap) -> Option<String> {
    headers.get(ORIGIN).map(|origin| String::from_utf8_lossy(origin.as_bytes()).into_owned())
}

/// Answers preflights, and lets registered pages read every other answer, errors included.
pub(super) async fn layer(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let Some(origin) = origin(request.headers()) else { return next.run(request).await };
    if origin == app.config.public_url.origin() && request.method() != Method::OPTIONS {
        return next.run(request).await;
    }
    let patterns = OriginPattern::all_matching(&origin);
    let registered = match app.store.has_origin(&patterns).await {
        Ok(registered) => registered && origin.len() <= LONGEST_ORIGIN,
        Err(error) => return CorsError::Store(error).into_response(),
    };
    let preflight =
        request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = match (registered, preflight) {
        (false, _) => CorsError::Unregistered(origin.clone()).into_response(),
        (true, true) => StatusCode::NO_CONTENT.into_response(),
        (true, false) => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("Origin"));
    let Ok(allowed) = HeaderValue::from_str(&origin) else { return response };
    if registered {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
    }
    if registered && preflight {
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, PATCH, DELETE"));
        let allowed = HeaderValue::from_static("content-type, railz-connect-version, authorization");
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, allowed);
        headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    }
    response
}
