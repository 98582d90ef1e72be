//! What the hosted page may: its own script and style by a nonce, the widget's files and this server. Beyond that only what the
//! operator configured: pictures of services, and the banks' script where banks are offered.

use std::collections::BTreeSet;

use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, InvalidHeaderValue};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::Markup;
use railz_connect_contract::ServiceName;
use url::Url;

use super::usable_link::FoundLink;
use crate::app::App;
use crate::domain::origin::OriginPattern;
use crate::domain::widget::Widget;
use crate::http::popup_page::{OPENER_POLICY, keep_private};
use crate::services::catalog::NonOAuthService;

const FRAME_OPTIONS: HeaderName = HeaderName::from_static("x-frame-options");

/// The policy of the page that has the widget.
pub(super) fn of_widget(app: &App, hosted: &FoundLink, nonce: &str) -> String {
    let files = app.config.public_url.join("/widget/");
    let banks = banks_script(app, hosted);
    let banks = banks.as_deref().unwrap_or_default();
    let logos: BTreeSet<String> =
        app.config.services.iter().filter_map(|one| one.logo_url.as_ref()).map(origin).collect();
    let logos = logos.into_iter().collect::<Vec<_>>().join(" ");
    // The success page is reached by a form, and may lead on to anywhere: a list would block its redirects.
    let forms = match hosted.visit.settings.success_url {
        Some(_) => "",
        None => "form-action 'none'; ",
    };
    let frames = if banks.is_empty() { "'none'" } else { banks };
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval' {files} {banks}; style-src 'nonce-{nonce}'; \
         connect-src 'self' {banks}; img-src 'self' {logos}; frame-src {frames}; base-uri 'none'; {forms}\
         require-trusted-types-for 'script'; trusted-types railz-connect; frame-ancestors {}",
        ancestors(Some(&hosted.widget))
    )
}

/// The policy of a page that only says something.
pub(super) fn of_words(widget: Option<&Widget>, nonce: &str) -> String {
    format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors {}",
        ancestors(widget)
    )
}

/// Where the banks' script comes from, if the link offers banks.
fn banks_script(app: &App, hosted: &FoundLink) -> Option<String> {
    let banks = app.config.non_oauth.plaid.as_ref()?;
    let offered = hosted.visit.offers(&ServiceName::new(NonOAuthService::Plaid.id()));
    offered.then(|| origin(&banks.script))
}

fn origin(address: &Url) -> String {
    address.origin().ascii_serialization()
}

/// Which pages may show this one in a frame: those that may carry the widget. An IPv6 address is none that a policy can name.
fn ancestors(widget: Option<&Widget>) -> String {
    let origins = widget.map(|widget| widget.origins.as_slice()).unwrap_or_default();
    let named: Vec<_> =
        origins.iter().map(OriginPattern::to_string).filter(|one| !one.contains('[')).collect();
    if named.is_empty() { "'none'".to_owned() } else { named.join(" ") }
}

/// An answer that is a page under a policy. Its sign-in windows ask it who began: `WebKit` cuts them off from a page with any
/// opener policy, `same-origin-allow-popups` too.
pub(super) fn respond(
    status: StatusCode,
    policy: &str,
    page: Markup,
) -> Result<Response, InvalidHeaderValue> {
    let mut response = keep_private((status, page.into_string()).into_response());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_str(policy)?);
    headers.insert(OPENER_POLICY, HeaderValue::from_static("unsafe-none"));
    // It knows no list; `frame-ancestors` says the same and more.
    headers.remove(FRAME_OPTIONS);
    Ok(response)
}
