//! What is around every page: head, the notice that this is practice, the service's header.

use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

use crate::services::Service;

/// A page of a service, or of the program itself.
pub(super) fn page(status: StatusCode, service: Option<&Service>, title: &str, content: &Markup) -> Response {
    let name = service.map_or("Practice provider", |service| service.name.as_str());
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) " – " (name) " (practice)" }
                link rel="stylesheet" href="/assets/style.css";
                @if let Some(service) = service {
                    link rel="stylesheet" href={ "/" (service.id) "/theme.css" };
                }
            }
            body {
                header {
                    p.brand {
                        span.mark aria-hidden="true" { (service.map_or('P', Service::letter)) }
                        span { (name) }
                    }
                    p.notice { strong { "Practice provider." } " Nothing real happens here." }
                }
                main { (content) }
            }
        }
    };
    (status, Html(markup.into_string())).into_response()
}
