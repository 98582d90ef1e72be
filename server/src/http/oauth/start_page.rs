//! The page behind a start address, and the one after its press.
//!
//! The start page says whose sign-in begins and waits for a press: so it is sent, and so a browser without scripts shows
//! it. Its script puts "Taking you to …" in front of that for a second where there is an opener to be asked.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, PreEscaped, html};

use crate::http::popup_page::{OpenerTie, respond};
use crate::services::oauth::authorize::AuthorizationRedirect;
use crate::services::oauth::start::StartDescription;
use crate::token::Token;

const ASK_OPENER: &str = include_str!("start_page.js");
const LEAVE: &str = "opener = null; location.replace(document.querySelector('a').href);";

/// The start page. `page` is what its requests must bring besides its cookie.
pub(super) fn start_page(start: &StartDescription, page: &Token) -> Response {
    let StartDescription { customer, service, .. } = start;
    let title = format!("Connect {service} to {customer}");
    let origin = start.origin.as_deref();
    respond(StatusCode::OK, &title, OpenerTie::Kept, |nonce| {
        html! {
            script nonce=(nonce) data-origin=[origin] data-page=(page.expose()) { (PreEscaped(ASK_OPENER)) }
            main #asking { div role="status" { (going_to(service)) } }
            main #naming { (naming(start, page)) }
        }
    })
}

/// Whose sign-in it is, and the press.
fn naming(start: &StartDescription, page: &Token) -> Markup {
    let StartDescription { customer, service, business, .. } = start;
    html! {
        svg viewBox="0 0 48 48" width="56" height="56" aria-hidden="true" {
            circle cx="24" cy="24" r="22" {}
            path d="M20.5 27.5l7-7M22 16.5l3-3a6.4 6.4 0 0 1 9 9l-3 3M26 31.5l-3 3a6.4 6.4 0 0 1-9-9l3-3" {}
        }
        h1 tabindex="-1" { "Connect " bdi { (service) } "?" }
        p { "If you go on and sign in to " bdi { (service) } ", what you share there is connected for:" }
        dl {
            div {
                dt { "Asked for by" }
                dd {
                    bdi { (customer) }
                    @if let Some(site) = &start.site { span.site { (shown_site(site)) } }
                }
            }
            div { dt { "Business" } dd { bdi { (business) } } }
        }
        form method="post" {
            input type="hidden" name="page" value=(page.expose());
            button { "Continue to " bdi { (service) } }
        }
        p.close { "Did you not ask for this? Then close this window. Nothing has been connected." }
    }
}

fn going_to(service: &str) -> Markup {
    html! {
        div.ring {}
        h1 { "Taking you to " bdi { (service) } "…" }
    }
}

/// An https origin without its scheme, as browsers show it; any other as it is.
fn shown_site(origin: &str) -> &str {
    origin.strip_prefix("https://").unwrap_or(origin)
}

/// Goes on to the provider by itself, or by its link where there are no scripts.
pub(super) fn leaving_page(redirect: &AuthorizationRedirect) -> Response {
    let service = &redirect.service;
    respond(StatusCode::OK, &format!("Taking you to {service}"), OpenerTie::Cut, |nonce| {
        html! {
            main {
                (going_to(service))
                p { a href=(redirect.location) rel="noreferrer" { "Go on to " bdi { (service) } } }
            }
            script nonce=(nonce) { (PreEscaped(LEAVE)) }
        }
    })
}
