//! The pages that only say something.

use axum::{http::StatusCode, response::Response};
use maud::html;

use super::frame::page;
use crate::back_end::SessionError;

/// Where the browser goes when the widget was closed, if the host asks for it.
pub fn closed() -> Response {
    let content = html! {
        section.panel {
            h1 id="closed" { "Maybe later" }
            p { "You closed the window before connecting. Nothing has changed, and you can come back at any time." }
            p { a.action id="back" href="/" { "Connect your books" } }
        }
    };
    page(StatusCode::OK, "Maybe later", &html! {}, &content)
}

/// An address whose parameters are not understood.
pub fn mistaken(status: StatusCode, sentence: &str) -> Response {
    let content = html! {
        section.panel { h1 { "This address is not understood" } p id="mistake" { (sentence) } }
    };
    page(status, "Not understood", &html! {}, &content)
}

/// The Connect server gave no session.
pub fn without_session(error: &SessionError) -> Response {
    tracing::error!("no session: {error}");
    let content = html! {
        section.panel { h1 { "Connecting is not possible just now" } p id="mistake" { "Please try again later." } }
    };
    page(StatusCode::BAD_GATEWAY, "Not possible just now", &html! {}, &content)
}

/// An address that leads nowhere.
pub fn not_found() -> Response {
    let content = html! {
        section.panel {
            h1 { "There is nothing here" }
            p { a.action href="/" { "Connect your books" } }
        }
    };
    page(StatusCode::NOT_FOUND, "Not found", &html! {}, &content)
}
