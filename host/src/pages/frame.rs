//! What is around every page.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

/// What the head of a page offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Menu {
    /// The way home alone.
    None,
    /// The pages of somebody who is signed in.
    SignedIn,
}

/// A page with this title; `scripts` stand in its head.
pub(super) fn page(
    (status, title): (StatusCode, &str),
    menu: Menu,
    scripts: &Markup,
    content: &Markup,
) -> Response {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – Harbour Lending" }
                link rel="stylesheet" href="/site.css";
                (scripts)
            }
            body {
                header {
                    a.brand href="/" { span.mark aria-hidden="true" {} "Harbour Lending" }
                    @if menu == Menu::SignedIn {
                        nav aria-label="Your account" {
                            a href="/" { "Connect" }
                            a href="/connections" { "Your connections" }
                        }
                    }
                    span.sample { "A sample site" }
                }
                main { (content) }
            }
        }
    };
    let mut response = (status, Html(markup.into_string())).into_response();
    if menu == Menu::SignedIn {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// A page of one panel without scripts.
pub(super) fn panel((status, title): (StatusCode, &str), menu: Menu, content: &Markup) -> Response {
    page((status, title), menu, &html! {}, &html! { section.panel { (content) } })
}
