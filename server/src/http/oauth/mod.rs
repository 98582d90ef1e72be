//! What happens inside the popup, under `/oauth/`: `start.rs` lets it begin, by a proof of the page that opened it or by
//! a press on `start_page.rs`; `callback.rs` takes it back from the provider. `cookies.rs` has what binds both to one
//! browser.

mod callback;
mod cookies;
mod start;
mod start_page;

pub(super) use callback::{callback, callback_of_service};
pub(super) use start::{leave_by_press, leave_by_proof, show};
