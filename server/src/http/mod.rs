//! The routes, one file a family of addresses.
//!
//! A route answers with its own error enum, whose variants are the ways in which it refuses; `error_response.rs` turns
//! each into the one error body and one log line. `cors.rs` decides which pages may ask, `bearer.rs` for whom, and `audit/`
//! writes down who asked for what.

mod account;
mod api_docs;
mod audit;
mod bearer;
mod body_fault;
mod compression;
mod connection_token;
mod cors;
mod credentials;
mod error_response;
mod hosted_page;
mod input;
mod intacct;
mod integrations;
mod jwks;
mod long_poll;
mod netsuite;
mod oauth;
mod plaid;
mod popup_page;
mod quickbooks_desktop;
mod replayed;
mod sandbox;
mod services_url;
mod session;
mod status;
pub mod v2;
mod widget_connections;
mod widget_files;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{delete, get, patch, post};

use crate::app::App;
use crate::config::Transport;
use popup_page::OPENER_POLICY;

/// The largest request that is read, in bytes: a host's options are a few thousand.
const LARGEST_REQUEST: usize = 256 * 1024;

/// For how long browsers keep to https (RFC 6797), in seconds.
const A_YEAR_OF_HTTPS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Everything the server answers, at its public path and (for proxies that take the path away) without it.
pub fn router(app: &Arc<App>) -> Router {
    let api = Router::new()
        .route("/widget/session/{widget}", post(session::open))
        .route("/widget/session", delete(session::end))
        .route("/widget/status", get(status::list))
        .route("/widget/connectionToken", post(connection_token::issue))
        .route("/widget/connection/updates/{connection}", get(long_poll::wait))
        .route("/services/url", get(services_url::begin))
        .route("/oracleNetsuite/account", post(netsuite::connect))
        .route("/sageIntacct/account", post(intacct::connect))
        .route("/sageIntacct/account/subsidiary", post(intacct::choose))
        .route("/plaid/createLinkToken", post(plaid::create))
        .route("/plaid/setAccessToken", post(plaid::link))
        .route("/plaid/updateConnection", patch(plaid::update_connection))
        .route("/{service}/account", get(account::list).post(account::choice))
        .route("/sandbox/login/{attempt}", post(sandbox::login))
        .fallback(error_response::answer_not_found)
        .method_not_allowed_fallback(error_response::answer_wrong_method)
        .layer(middleware::from_fn_with_state(app.clone(), cors::layer))
        .layer(middleware::from_fn_with_state(app.clone(), audit::layer))
        .layer(middleware::map_response(never_keep))
        .layer(compression::layer());
    let open = Router::new()
        // Whoever only looks (a link scanner, a browser that reads ahead) must neither void nor finish a sign-in.
        .route(
            "/oauth/start/{token}",
            get(oauth::show).post(oauth::leave_by_press).head(error_response::answer_wrong_method),
        )
        .route("/oauth/start/{token}/proof", post(oauth::leave_by_proof))
        .route("/oauth/callback", get(oauth::callback).head(error_response::answer_wrong_method))
        .route(
            "/oauth/callback/{service}",
            get(oauth::callback_of_service).head(error_response::answer_wrong_method),
        )
        .route("/hosted/{link}", get(hosted_page::show))
        .route("/hosted/{link}/session", post(hosted_page::open_session))
        .route("/quickbooksDesktop/soap", get(quickbooks_desktop::about).post(quickbooks_desktop::soap))
        .route("/plaid/logo/{connection}", get(plaid::logo))
        .route("/.well-known/jwks.json", get(jwks::list))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/widget/{file}", get(widget_files::serve))
        .merge(api_docs(app))
        .method_not_allowed_fallback(error_response::answer_wrong_method)
        .layer(middleware::from_fn_with_state(app.clone(), audit::layer));
    let back_end = v2::routes(app)
        .method_not_allowed_fallback(error_response::answer_wrong_method)
        .layer(middleware::map_response(never_keep));
    let all = open
        .merge(api)
        .merge(back_end)
        .layer(middleware::from_fn_with_state(app.clone(), secure))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
        .with_state(app.clone());
    let path = app.config.public_url.path();
    if path.is_empty() { all } else { Router::new().nest(path, all.clone()).merge(all) }
}

/// The API's page, unless the operator switched it off.
fn api_docs(app: &App) -> Router<Arc<App>> {
    if !app.config.api_docs {
        return Router::new();
    }
    Router::new()
        .route("/docs", get(api_docs::lead))
        .route("/docs/", get(api_docs::page))
        .route("/docs/{file}", get(api_docs::file))
}

/// What widgets are told is for one session, and some of it is a token (RFC 6749 section 5.1).
async fn never_keep(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What every answer says to browsers: take it for what it says it is, tell nobody where you come from, have no tie to who
/// opened you, and come by https the next time too. Hosts below this one are not ours to speak for. The widget's files belong to
/// the pages that load them, proxied answers to their service, the start page asks the page that opened it, the hosted page says
/// it for itself, and the last page of a sign-in has a policy of its own (`OpenerTie::Left`).
async fn secure(
    State(app): State<Arc<App>>,
    route: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let route = route.as_ref().map(MatchedPath::as_str).unwrap_or_default();
    let is_somebody_elses =
        route.ends_with("/widget/{file}") || route.contains("/v2/connections/{connection}/proxy");
    let headers = response.headers_mut();
    if !is_somebody_elses {
        headers.entry(header::REFERRER_POLICY).or_insert(HeaderValue::from_static("no-referrer"));
    }
    if !is_somebody_elses && !route.contains("/oauth/start/") {
        headers.entry(OPENER_POLICY).or_insert(HeaderValue::from_static("same-origin"));
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if app.config.public_url.transport() == Transport::Https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, A_YEAR_OF_HTTPS);
    }
    response
}
