//! The site's addresses: the host page, the success page, connections and webhooks, and the files that pages load. `pages/` draws.

mod connections;
mod home;
mod own_host;
mod response;
mod same_origin;
mod session;
mod success;
mod visitor;
mod webhooks;

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::header,
    middleware::{from_fn_with_state, map_response},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};

use crate::{pages, site::Site};

/// The longest body that pages of this site send, in bytes.
const LONGEST_FORM: usize = 16 * 1024;
/// The longest delivery of a webhook, in bytes: metadata of 16 KiB may be in it.
const LONGEST_DELIVERY: usize = 64 * 1024;

/// All addresses of a site whose pages hold this widget.
pub fn router(site: Site) -> Router {
    let site = Arc::new(site);
    Router::new()
        .route("/", get(home::home))
        .route("/sign-in", post(home::sign_in))
        .route("/session", post(session::renew))
        .route("/host-module.mjs", get(module))
        .route("/success", get(success::by_get).post(success::by_post))
        .route("/success/connected", get(success::connected))
        .route("/connections", get(connections::list))
        .route("/connections/{connection}", get(connections::one))
        .route("/connections/{connection}/disconnect", post(connections::disconnect))
        .route("/webhooks/received", get(webhooks::received))
        .route("/closed", get(async || pages::closed()))
        .route("/host.js", script(include_str!("../assets/host.js")))
        .route("/host-page.js", script(include_str!("../assets/host-page.js")))
        .route("/webhook_list.js", script(include_str!("../assets/webhook_list.js")))
        .route("/traps.js", script(include_str!("../assets/traps.js")))
        .route("/site.css", asset("text/css; charset=utf-8", include_str!("../assets/site.css")))
        .fallback(async || pages::not_found())
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
        .layer(from_fn_with_state(site.clone(), own_host::refuse_others))
        // A delivery is signed and no browser's: the Connect server may know this one by another name.
        .route("/webhooks/connect", post(webhooks::receive).layer(DefaultBodyLimit::max(LONGEST_DELIVERY)))
        .layer(map_response(response::add_common_headers))
        .with_state(site)
}

type Routes = MethodRouter<Arc<Site>>;

fn script(text: &'static str) -> Routes {
    asset("text/javascript; charset=utf-8", text)
}

fn asset(kind: &'static str, text: &'static str) -> Routes {
    get(async move || ([(header::CONTENT_TYPE, kind)], text))
}

/// The module that imports the widget: a customer would have the server's address written in it as well.
async fn module(State(site): State<Arc<Site>>) -> Response {
    let address = format!("{}/widget/railz-connect.mjs", site.connect);
    let text = include_str!("../assets/host-module.mjs")
        .replace("https://connect.example/widget/railz-connect.mjs", &address);
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], text).into_response()
}
