//! What a customer's back end asks: everything below `/v2`, with a secret key and never from a page.
//!
//! `secret_key_bearer.rs` says for whom, `idempotency.rs` has it done once, `run_to_end.rs` has it done whole. `proxy.rs` passes
//! calls on to services. No route here answers a page: there is no CORS,
//! and a request that has an `Origin` is refused.

mod access_token;
mod businesses;
mod company;
mod connection_item;
mod connection_status;
mod connections;
mod error;
mod events;
mod idempotency;
mod links;
mod list_query;
mod listed;
mod migrate;
mod mint_error;
pub mod openapi;
mod proxy;
mod redeem;
mod run_to_end;
pub mod secret_key_bearer;
mod sessions;
mod webhooks;

use std::sync::Arc;

use axum::routing::{delete, get, post, put};
use axum::{Router, middleware};

use super::audit;
use crate::app::App;

/// The routes below `/v2`.
pub(super) fn routes(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/v2/sessions", post(sessions::mint))
        .route("/v2/businesses", get(businesses::list).post(businesses::create))
        .route("/v2/businesses/info", get(company::info))
        .route("/v2/businesses/generateUrl", post(links::generate))
        .route("/v2/links/{link}", delete(links::revoke))
        .route(
            "/v2/businesses/{business}",
            get(businesses::get).put(businesses::rename).delete(businesses::delete),
        )
        .route("/v2/businesses/{business}/connection/migrate", post(migrate::take_over))
        .route("/v2/connections", get(connections::list))
        .route("/v2/connections/disconnect", put(connections::disconnect))
        .route("/v2/connections/redeem", post(redeem::redeem))
        .route("/v2/connections/{connection}", get(connections::get).delete(connections::delete))
        .route("/v2/connections/{connection}/untie", post(connections::untie))
        .route("/v2/connections/{connection}/access-token", get(access_token::get))
        .route("/v2/events", get(events::list))
        .route("/v2/connections/{connection}/company", get(company::get))
        .merge(webhooks::routes())
        .layer(middleware::from_fn_with_state(app.clone(), idempotency::layer))
        // A service's answers are never kept here: an `Idempotency-Key` is the service's own there.
        .merge(proxy::routes())
        // Within what runs to its end, so that hanging up leaves no call without its line.
        .layer(middleware::from_fn_with_state(app.clone(), audit::layer))
        .layer(middleware::from_fn_with_state(app.clone(), run_to_end::layer))
}
