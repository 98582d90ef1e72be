//! The pages that only say something.

use axum::{http::StatusCode, response::Response};
use maud::html;

use super::frame::page;
use crate::services::Service;

/// A request that cannot be put before the person, and must not be redirected either.
pub fn refused(service: &Service, sentence: &str) -> Response {
    let content = html! {
        h1 { "This request cannot be answered" }
        section.card {
            p id="reason" { (sentence) }
            p.quiet { "The application that sent you here has to be corrected. You can close this window." }
        }
    };
    page(StatusCode::BAD_REQUEST, Some(service), "Request refused", &content)
}

/// A page of a request that was answered, or is too old.
pub fn gone(service: &Service) -> Response {
    let content = html! {
        h1 { "This request is over" }
        section.card {
            p { "It was answered, it is older than ten minutes, or it never existed." }
            p.quiet { "Go back to the application and start again. You can close this window." }
        }
    };
    page(StatusCode::GONE, Some(service), "Request over", &content)
}

/// The page that stays.
pub fn never(service: &Service, id: &str) -> Response {
    let content = html! {
        h1 { "This provider never answers" }
        section.card {
            p { "You asked for a sign-in that does not end. This page stays, and the application hears nothing." }
            p { a id="back" href={ "/" (service.id) "/consent?request=" (id) } { "Go back and choose again" } }
        }
    };
    page(StatusCode::OK, Some(service), "No answer", &content)
}

/// The page that is shown until a late answer leaves.
pub fn late(service: &Service) -> Response {
    let content = html! {
        h1 { "One moment" }
        section.card {
            p role="status" { "You approved. The answer leaves in five seconds, and this page with it." }
        }
    };
    page(StatusCode::OK, Some(service), "Answering late", &content)
}

/// An address that leads nowhere.
pub fn not_found() -> Response {
    let content = html! {
        h1 { "There is nothing here" }
        section.card {
            p { "Addresses begin with a service, such as " code { "/quickbooks/authorize" } "." }
            p { "A service is 1 to 64 letters, digits, " code { "-" } " or " code { "_" } "." }
        }
    };
    page(StatusCode::NOT_FOUND, None, "Not found", &content)
}

/// What this program is.
pub fn index() -> Response {
    let content = html! {
        h1 { "A provider to practise with" }
        section.card {
            p { "This program speaks OAuth 2.0 for any service named in the address, and lets you pick how a sign-in goes." }
            p {
                "Each service describes itself: "
                a href="/quickbooks/.well-known/oauth-authorization-server" { "for example this one" } "."
            }
        }
    };
    page(StatusCode::OK, None, "About", &content)
}
