//! The headers that the host page sends, as its address asks for them.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{
    origin::Origin,
    page_options::{Coop, Csp, PageOptions},
    site::Site,
};

const COOP: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// No page may frame the one with the widget.
const NOT_FRAMED: &str = "frame-ancestors 'none'";

/// What follows from the parameters, for a page of this site.
pub fn headers(page: &PageOptions, site: &Site) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let opener = match page.coop {
        Coop::None => None,
        Coop::SameOrigin => Some("same-origin"),
        Coop::AllowPopups => Some("same-origin-allow-popups"),
    };
    if let Some(opener) = opener {
        headers.insert(COOP, HeaderValue::from_static(opener));
    }
    // Whatever else the address asks for: who frames the page could lead a person's presses through a sign-in.
    let content = match page.csp {
        Csp::None => NOT_FRAMED.to_owned(),
        Csp::FormAction => format!("form-action 'self'; {NOT_FRAMED}"),
        Csp::Strict => strict(page, site),
    };
    // Origins hold only letters, digits and `.-_:[]`, so that the policy always is a header value.
    if let Ok(value) = HeaderValue::try_from(content) {
        headers.insert(header::CONTENT_SECURITY_POLICY, value);
    }
    headers
}

/// The strictest policy that the widget works under: its script and engine from the server, calls to the server (or to
/// the `endpoint` that the page names, where it may), pictures of services from the server. Its styles are constructed sheets, which
/// need no permission, and it makes no Trusted Types policy. A page that brings its session asks this site for another one.
fn strict(page: &PageOptions, site: &Site) -> String {
    let connect = &site.connect;
    let own = if site.back_end.is_some() { "'self' " } else { "" };
    let endpoint = page.get("endpoint").and_then(Origin::of);
    let endpoint = endpoint.filter(|endpoint| endpoint != connect && site.accepts_endpoint(endpoint));
    let endpoint = endpoint.map(|endpoint| format!(" {endpoint}")).unwrap_or_default();
    [
        "default-src 'none'".to_owned(),
        format!("script-src 'self' {connect} 'wasm-unsafe-eval'"),
        format!("connect-src {own}{connect}{endpoint}"),
        "style-src 'self'".to_owned(),
        format!("img-src 'self' {connect}{endpoint}"),
        "form-action 'self'".to_owned(),
        "base-uri 'none'".to_owned(),
        NOT_FRAMED.to_owned(),
        "require-trusted-types-for 'script'".to_owned(),
        "trusted-types 'none'".to_owned(),
    ]
    .join("; ")
}
