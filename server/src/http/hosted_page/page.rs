//! The hosted page: who asks, a press, and then the widget; or why there is none.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, PreEscaped, html};

use super::error::HostedPageError;
use super::policy;
use super::usable_link::{Browser, FoundLink};
use crate::app::App;
use crate::http::error_response::ErrorResponse;
use crate::http::popup_page::{document, mark, our_fault_page};
use crate::random;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page of a link that can be used. What it says is no secret: who has the address without the code sees it too.
pub(super) fn begin_page(
    app: &App,
    hosted: &FoundLink,
    browser: Browser,
) -> Result<Response, HostedPageError> {
    let nonce = random::text()?;
    let public = &app.config.public_url;
    let customer = hosted.widget.name.as_str();
    let session = format!("{}/hosted/{}/session", public.path(), hosted.link.id);
    let is_remembered = browser == Browser::Remembered;
    let body = html! {
        script nonce=(nonce) src=(public.join("/widget/railz-connect.js")) defer {}
        script nonce=(nonce) data-session=(session) data-widget=(hosted.widget.id) data-endpoint=(public.join(""))
            data-remembered=[is_remembered.then_some("")] { (PreEscaped(SCRIPT)) }
        main #opening hidden[!is_remembered] { div role="status" { div.ring {} p { "Opening…" } } }
        main #begin hidden[is_remembered] { (begin(customer)) }
        p #whose role="status" hidden { "For " bdi #business {} ". Is that not your business? Then close this page." }
        div #widget tabindex="-1" hidden {}
        p #done role="status" {}
    };
    let page = document(&format!("Connect your accounts to {customer}"), &nonce, STYLE, &body);
    Ok(policy::respond(StatusCode::OK, &policy::of_widget(app, hosted, &nonce), page)?)
}

fn begin(customer: &str) -> Markup {
    html! {
        svg.link viewBox="0 0 48 48" width="56" height="56" aria-hidden="true" {
            circle cx="24" cy="24" r="22" {}
            path d="M20.5 27.5l7-7M22 16.5l3-3a6.4 6.4 0 0 1 9 9l-3 3M26 31.5l-3 3a6.4 6.4 0 0 1-9-9l3-3" {}
        }
        h1 tabindex="-1" { "Connect your accounts to " bdi { (customer) } }
        p {
            bdi { (customer) } " asks you for a connection to what you keep your books in, or to your bank or shop. You choose \
             which, and sign in there yourself."
        }
        p #problem role="alert" {}
        button #continue type="button" hidden { "Continue" }
        noscript {
            p.problem {
                "This page needs JavaScript, which is switched off in this browser. Switch it on and load the page again, or \
                 open the link in another browser."
            }
        }
        p.close { "Did you not expect this link? Then close this page. Nothing has been connected." }
    }
}

/// The page of a link that cannot be used, or not here. Without a link that is known nobody may frame it.
pub(super) fn over_page(hosted: Option<&FoundLink>, error: &HostedPageError) -> Response {
    let HostedPageError::Over(over) = error else { return our_fault_page().into_response() };
    let Ok(nonce) = random::text() else { return our_fault_page().into_response() };
    let body = html! {
        main class=(over.tone().class()) {
            (mark(over.tone()))
            h1 { (over.title()) }
            p { (over.text()) }
            p.close { "You can close this page." }
        }
    };
    let page = document(over.title(), &nonce, STYLE, &body);
    let policy = policy::of_words(hosted.map(|hosted| &hosted.widget), &nonce);
    policy::respond(error.status(), &policy, page).unwrap_or_else(|_| our_fault_page().into_response())
}
