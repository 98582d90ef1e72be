//! The program's addresses. One file a family; `pages/` draws what people see, `oauth/` and `store/` decide.

mod accounts;
mod app;
mod authorize;
mod books;
mod client_auth;
mod company;
mod decision;
mod extra_fields;
mod extract;
mod log;
mod metadata;
mod one_company;
mod person;
mod response;
mod revoke;
mod token;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    response::Response,
    routing::{get, post},
};

pub use app::App;
use extract::ForService;

use crate::pages;

/// The program's routes.
pub fn router(app: App) -> Router {
    let plaid = crate::plaid::router(app.clock().clone());
    Router::new()
        .route("/", get(index))
        .route("/assets/style.css", get(pages::style))
        .route("/{service}/theme.css", get(async |ForService(service): ForService| pages::theme(&service)))
        .route("/{service}/authorize", get(authorize::by_query).post(authorize::by_form))
        .route("/{service}/consent", get(authorize::consent))
        .route("/{service}/decision", post(decision::decide))
        .route("/{service}/late", get(decision::late))
        .route("/{service}/token", post(token::token))
        .route("/{service}/revoke", post(revoke::revoke))
        .route("/{service}/api/company", get(company::company))
        .route("/{service}/api/accounts", get(accounts::list))
        .route("/{service}/api/books/{resource}", get(books::page))
        .route("/{service}/api/practice/end-token", post(books::end_token))
        .route("/{service}/api/practice/too-many", get(books::too_many))
        .route("/{service}/api/practice/redirect", get(books::redirect))
        .route("/{service}/api/practice/large", get(books::large))
        .route("/{service}/api/companies/{company}", get(one_company::by_address))
        .route("/{service}/api/graphql", post(one_company::by_query))
        .route("/{service}/api/{environment}/companies", get(accounts::list_of_environment))
        .route("/{service}/.well-known/oauth-authorization-server", get(metadata::metadata))
        .route("/.well-known/oauth-authorization-server/{service}", get(metadata::metadata))
        .route("/control/{service}/log", get(log::log))
        .fallback(async || pages::not_found())
        .layer(DefaultBodyLimit::max(16 * 1024))
        .layer(axum::middleware::map_response(response::add_common_headers))
        .with_state(app)
        .merge(crate::netsuite::router())
        .merge(crate::intacct::router())
        .merge(plaid)
}

async fn index() -> Response {
    pages::index()
}
