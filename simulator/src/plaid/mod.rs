//! A practice Plaid, below `/plaid`: the calls of a server, a script for pages, and a lever to break items.
//!
//! Good is the client `practice` with `practice-secret`. `api.rs` has the server's calls, `link.rs` and
//! `link-initialize.js` the page's side (a dialog of our own), `control.rs` the lever, `banks.rs` whom one can link.
//! Tokens live as long as at Plaid.

mod api;
mod banks;
mod control;
mod error;
mod link;
mod shared;
mod state;
#[cfg(test)]
mod tests;

use axum::{
    Router,
    routing::{get, post},
};

use crate::clock::Clock;
use shared::Plaid;

/// The practice Plaid, below `/plaid` and `/control/plaid`, with an empty memory and this clock.
pub fn router(clock: Clock) -> Router {
    Router::new()
        .route("/plaid/link-initialize.js", get(link::script))
        .route("/plaid/practice/link", get(link::show).post(link::choose))
        .route("/plaid/{*path}", post(api::call))
        .route("/control/plaid/break", post(control::break_items))
        .route("/control/plaid/items", get(control::items))
        .route("/control/plaid/out-of-order", post(control::set_out_of_order))
        .with_state(Plaid::new(clock))
}
