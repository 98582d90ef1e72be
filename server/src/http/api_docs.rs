//! `/docs/`: the back end's API to read in a browser (Swagger UI), and its document (`OpenAPI`).
//!
//! Every file comes from this server. The page sends no requests to the API and asks for no key, which never belongs in a page:
//! `api_docs.js`, which starts it, takes the buttons for both away, and the badge of a validator elsewhere.

use std::sync::{Arc, LazyLock};

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use utoipa::openapi::ServerBuilder;
use utoipa_swagger_ui::{Config, SwaggerFile};

use super::error_response;
use super::input::Path;
use super::v2::openapi;
use crate::app::App;

/// The document's file name below `/docs/`.
const DOCUMENT: &str = "openapi.json";

/// The page's own scripts and styles, and nothing else. Swagger UI sets inline styles.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// The file with which the page starts, in the place of Swagger UI's own.
const START: &str = "swagger-initializer.js";

/// What is in it. Its settings are there and not in [`CONFIG`], since components are taken away by a function.
const START_SCRIPT: &str = include_str!("api_docs.js");

/// Swagger UI's own settings, of which nothing is used but that there are some.
static CONFIG: LazyLock<Arc<Config<'static>>> = LazyLock::new(|| Arc::new(Config::from(DOCUMENT)));

/// Leads to where the page's own files are below it.
pub(super) async fn lead(State(app): State<Arc<App>>) -> Response {
    let location = app.config.public_url.join("/docs/");
    (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, location)]).into_response()
}

/// The page itself.
pub(super) async fn page() -> Response {
    answer("index.html")
}

/// The document, or a file of the page.
pub(super) async fn file(State(app): State<Arc<App>>, Path(name): Path<String>) -> Response {
    if name == DOCUMENT { document(&app) } else { answer(&name) }
}

fn document(app: &App) -> Response {
    let mut document = openapi::document();
    document.servers = Some(vec![ServerBuilder::new().url(app.config.public_url.to_string()).build()]);
    axum::Json(document).into_response()
}

fn answer(name: &str) -> Response {
    if name == START {
        let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("text/javascript"))];
        return with_page_headers((kind, START_SCRIPT).into_response());
    }
    match utoipa_swagger_ui::serve(name, CONFIG.clone()) {
        Ok(Some(file)) => with_headers(file),
        Ok(None) => error_response::body(StatusCode::NOT_FOUND, format!("there is nothing at /docs/{name}")),
        Err(error) => {
            tracing::error!(%error, name, "a file of the API's page could not be made");
            error_response::body(StatusCode::INTERNAL_SERVER_ERROR, error_response::OUR_FAULT.to_owned())
        }
    }
}

fn with_headers(file: SwaggerFile<'static>) -> Response {
    let mut response = file.bytes.into_owned().into_response();
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(&file.content_type) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    if file.gzpipped {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    with_page_headers(response)
}

fn with_page_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
