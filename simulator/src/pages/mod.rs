//! What people see. Every page says that this is a practice provider, wears the service's colour, and works without
//! a script.

pub mod consent;
mod frame;
mod notices;

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

pub use consent::consent;
pub use notices::{gone, index, late, never, not_found, refused};

use crate::services::Service;

/// The stylesheet of all pages.
pub async fn style() -> Response {
    css(include_str!("style.css").to_owned())
}

/// The service's colour, as a stylesheet of its own: the content policy allows no style in the page.
pub fn theme(service: &Service) -> Response {
    css(format!(":root {{ --service: {}; }}\n", service.colour.0))
}

fn css(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], text).into_response()
}
