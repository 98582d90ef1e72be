//! The site's addresses: the host page, the success page, and the files that both load. `pages/` draws, `policy.rs`
//! says which headers the host page sends.

use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::Value;

use crate::{
    page_request::PageRequest,
    pages::{self, success::Handover},
    policy,
    sign_in::{read_business, sign_in},
    site::Site,
    widget_options::read_options,
};

/// All addresses of a site whose pages hold this widget. Bodies of more than 16 kB are refused.
pub fn router(site: Site) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/session", post(session))
        .route("/host-module.mjs", get(module))
        .route("/success", get(success_by_get).post(success_by_post))
        .route("/closed", get(async || pages::closed()))
        .route("/host.js", script(include_str!("assets/host.js")))
        .route("/host-page.js", script(include_str!("assets/host-page.js")))
        .route("/traps.js", script(include_str!("assets/traps.js")))
        .route("/site.css", asset("text/css; charset=utf-8", include_str!("assets/site.css")))
        .fallback(async || pages::not_found())
        .layer(DefaultBodyLimit::max(16 * 1024))
        .layer(from_fn(common_headers))
        .with_state(Arc::new(site))
}

type Routes = axum::routing::MethodRouter<Arc<Site>>;

fn script(text: &'static str) -> Routes {
    asset("text/javascript; charset=utf-8", text)
}

fn asset(kind: &'static str, text: &'static str) -> Routes {
    get(async move || ([(header::CONTENT_TYPE, kind)], text))
}

async fn common_headers(request: Request, next: Next) -> Response {
    const COMMON: [(HeaderName, &str); 3] = [
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // The success page's address may carry a connection id, which is nobody else's business.
        (header::REFERRER_POLICY, "same-origin"),
    ];
    let mut response = next.run(request).await;
    for (name, value) in COMMON {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn home(State(site): State<Arc<Site>>, uri: Uri) -> Response {
    let page = match PageRequest::read(uri.query().unwrap_or_default()) {
        Ok(page) => page,
        Err(error) => return pages::mistaken(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    let mut options = read_options(&page, &site.widget_id);
    let mut signed_in = None;
    if let (Some(back_end), Value::Object(options)) = (&site.back_end, &mut options) {
        let business = page.get("businessName").unwrap_or_default();
        signed_in = sign_in(business);
        match back_end.open_session(business, &site.success_page).await {
            Ok(session) => {
                // Business and success page are what the session was made with.
                options.remove("successUrl");
                options.insert("sessionToken".to_owned(), session["sessionToken"].clone());
            }
            Err(error) => return pages::without_session(&error),
        }
    }
    let headers = policy::headers(&page, &site.connect);
    let mut response = (headers, pages::home(&page, &site, &options)).into_response();
    if let Some(cookie) = signed_in {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Another session for whoever is signed in, for the widget's `getSession`.
async fn session(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    let (Some(back_end), Some(business)) = (&site.back_end, read_business(&headers)) else {
        return StatusCode::FORBIDDEN.into_response();
    };
    match back_end.open_session(&business, &site.success_page).await {
        Ok(session) => axum::Json(session).into_response(),
        Err(error) => pages::without_session(&error),
    }
}

/// The module that imports the widget: a customer would have the server's address written in it as well.
async fn module(State(site): State<Arc<Site>>) -> Response {
    let address = format!("{}/widget/railz-connect.mjs", site.connect);
    let text = include_str!("assets/host-module.mjs")
        .replace("https://connect.example/widget/railz-connect.mjs", &address);
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], text).into_response()
}

async fn success_by_get(uri: Uri) -> Response {
    pages::success(&Handover::read("GET", uri.query().unwrap_or_default().as_bytes()))
}

async fn success_by_post(body: Bytes) -> Response {
    pages::success(&Handover::read("POST", &body))
}
