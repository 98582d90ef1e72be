//! A practice Plaid, below `/plaid`: the calls of a server, a script for pages, and a lever to break items.
//!
//! Good is the client `practice` with `practice-secret`. `api.rs` has the server's calls, `link.rs` and
//! `link-initialize.js` the page's side (a dialog of our own), `control.rs` the lever, `banks.rs` whom one can link.
//! Tokens live as long as at Plaid.

mod answer;
mod api;
mod banks;
mod control;
mod link;
mod state;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::{
    Router,
    routing::{get, post},
};

use crate::world::World;

/// The client id and secret that the practice Plaid knows.
pub const CLIENT: (&str, &str) = ("practice", "practice-secret");

/// What all routes share.
#[derive(Clone)]
struct Plaid {
    world: World,
    state: Arc<Mutex<state::State>>,
}

impl Plaid {
    /// The memory. A handler that panicked leaves it whole, since no change spans two statements that can fail.
    fn state(&self) -> MutexGuard<'_, state::State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The practice Plaid with this clock and this randomness.
pub fn router(world: World) -> Router {
    Router::new()
        .route("/plaid/link-initialize.js", get(link::script))
        .route("/plaid/practice/link", get(link::shown).post(link::chosen))
        .route("/plaid/{*path}", post(api::call))
        .route("/control/plaid/break", post(control::break_))
        .route("/control/plaid/items", get(control::items))
        .route("/control/plaid/out-of-order", post(control::order))
        .with_state(Plaid { world, state: Arc::default() })
}
