//! Our widget against the server that has every service there is (`Programs::all_services_server`), one whole flow of each family.
//!
//! One file a family. Next: `driving` for the ways through the steps.

use e2e::Journey;

mod accounts;
mod attention;
mod banks;
mod desktop;
pub mod driving;
mod entering;
mod existing_connections;
mod idle;
mod keyboard;
mod modal;
mod oauth;
mod questions;
mod screens;
mod search;
mod summary;

/// Every journey of the widget through the steps.
pub fn journeys() -> Vec<Journey> {
    let mut all = [
        oauth::JOURNEYS,
        accounts::JOURNEYS,
        questions::JOURNEYS,
        entering::JOURNEYS,
        desktop::JOURNEYS,
        banks::JOURNEYS,
        existing_connections::JOURNEYS,
        attention::JOURNEYS,
        summary::JOURNEYS,
        keyboard::JOURNEYS,
        modal::JOURNEYS,
        search::JOURNEYS,
        idle::JOURNEYS,
    ]
    .concat();
    all.extend(screens::journeys());
    all
}
