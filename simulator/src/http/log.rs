//! What tests may ask the program about itself.

use axum::{Json, extract::State};

use super::{app::App, extract::ForService};
use crate::store::log::Entry;

pub(super) async fn log(State(app): State<App>, service: ForService) -> Json<Vec<Entry>> {
    Json(app.store().log.of(&service.0.id))
}
