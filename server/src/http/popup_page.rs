//! The small pages that a popup of ours shows: how a sign-in ended, in words, and nothing from anywhere else.
//!
//! Everything is escaped by the template; script and style are allowed by a nonce. The start page, which talks to the page
//! that opened it, is made of the same parts: `oauth/start_page.rs`.

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::error_response;
use crate::random;

/// Which windows may reach this one (HTML, cross-origin opener policies).
pub(super) const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const STYLE: &str = include_str!("page.css");

/// How a page feels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Good,
    Neutral,
    Bad,
}

impl Tone {
    /// What the stylesheet calls it.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Neutral => "neutral",
            Self::Bad => "bad",
        }
    }
}

/// What a page says, and whether its window has any reason to stay.
#[derive(Debug)]
pub(super) struct Page {
    pub status: StatusCode,
    pub tone: Tone,
    pub title: &'static str,
    pub text: String,
    pub window: Window,
}

/// What becomes of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Window {
    /// It closes itself where the browser lets it.
    Closes,
    /// It stays, since the person has to read this.
    Stays,
}

impl Page {
    /// The page with the headers that keep it to its popup.
    pub(super) fn into_response(self) -> Response {
        let class = self.tone.class();
        let tie = match self.window {
            Window::Closes => OpenerTie::Left,
            Window::Stays => OpenerTie::Cut,
        };
        respond(self.status, self.title, tie, |nonce| {
            html! {
                main class=(class) {
                    (mark(self.tone))
                    h1 { (self.title) }
                    p { (self.text) }
                    p.close { "You can close this window." }
                }
                @if self.window == Window::Closes {
                    script nonce=(nonce) { "window.close();" }
                }
            }
        })
    }
}

/// For a fault of ours; the cause is in the log alone.
pub(super) fn our_fault_page() -> Page {
    Page {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        tone: Tone::Bad,
        title: "That did not work",
        text: error_response::OUR_FAULT.to_owned(),
        window: Window::Stays,
    }
}

/// Whether a page can still reach the one that opened it, and that one the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OpenerTie {
    /// It can, and talks to it and to this server: the start page alone.
    Kept,
    /// The browser cuts it before the page is there (`Cross-Origin-Opener-Policy`), and the page sends nothing.
    Cut,
    /// What the start page left of it, which took the opener away; the page sends nothing and closes its window. Browsers show no
    /// page with an opener policy in a window that inherited the `sandbox` of a frame, and such a window would stay.
    Left,
}

/// An answer that is a page: `body` is given the nonce that its scripts need.
pub(super) fn respond(
    status: StatusCode,
    title: &str,
    tie: OpenerTie,
    body: impl FnOnce(&str) -> Markup,
) -> Response {
    let nonce = match random::text() {
        Ok(nonce) => nonce,
        Err(error) => {
            tracing::error!(%error, "a page could not be made");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let sends = match tie {
        OpenerTie::Kept => "connect-src 'self'; form-action 'self'",
        OpenerTie::Cut | OpenerTie::Left => "form-action 'none'",
    };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; base-uri 'none'; {sends}; \
         frame-ancestors 'none'"
    );
    let mut response = (status, document(title, &nonce, "", &body(&nonce)).into_string()).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    let opener_policy = match tie {
        OpenerTie::Kept => None,
        OpenerTie::Cut => Some("same-origin"),
        OpenerTie::Left => Some("unsafe-none"),
    };
    if let Some(policy) = opener_policy {
        headers.insert(OPENER_POLICY, HeaderValue::from_static(policy));
    }
    keep_private(response)
}

/// A whole page in the style of all of them, with what it needs of its own.
pub(super) fn document(title: &str, nonce: &str, own_style: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style nonce=(nonce) { (PreEscaped(STYLE)) (PreEscaped(own_style)) }
            }
            body { (body) }
        }
    }
}

/// A tick, a dash or an exclamation mark; the words say the same.
pub(super) fn mark(tone: Tone) -> Markup {
    let path = match tone {
        Tone::Good => "M14 24.5l7 7 13-15",
        Tone::Neutral => "M15 24h18",
        Tone::Bad => "M24 13v14M24 34v.5",
    };
    html! {
        svg viewBox="0 0 48 48" width="56" height="56" aria-hidden="true" {
            circle cx="24" cy="24" r="22" {}
            path d=(path) {}
        }
    }
}

/// Headers of everything that happens inside a popup: nothing is kept, nothing is told to the next site.
pub(super) fn keep_private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("x-frame-options"), HeaderValue::from_static("DENY"));
    response
}
