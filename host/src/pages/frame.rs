//! What is around every page.

use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

/// A page with this title; `scripts` stand in its head.
pub(super) fn page(status: StatusCode, title: &str, scripts: &Markup, content: &Markup) -> Response {
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
                    span.sample { "A sample site" }
                }
                main { (content) }
            }
        }
    };
    (status, Html(markup.into_string())).into_response()
}
