//! The families of journeys.

use e2e::Journey;

mod accessibility;
mod banks;
mod dialog;
mod every_screen;
mod examples;
mod ground;
mod handing_over;
mod keyboard;
mod mistakes;
mod old_package;
mod openid;
mod policy;
mod practice;
mod reauthorise;
mod sandbox;
mod sandbox_form;
mod services;
mod sign_in;
mod steps;
mod vite;
mod watched;
mod widget;
mod windows;

/// Every journey, in the order of the report.
pub fn all() -> Vec<Journey> {
    let mut all = [
        ground::JOURNEYS,
        policy::JOURNEYS,
        sandbox::JOURNEYS,
        sandbox_form::JOURNEYS,
        sign_in::JOURNEYS,
        windows::JOURNEYS,
        reauthorise::JOURNEYS,
        services::JOURNEYS,
        handing_over::JOURNEYS,
        mistakes::JOURNEYS,
        watched::JOURNEYS,
        keyboard::JOURNEYS,
        vite::JOURNEYS,
        examples::JOURNEYS,
        dialog::JOURNEYS,
        every_screen::JOURNEYS,
        openid::JOURNEYS,
        banks::JOURNEYS,
    ]
    .concat();
    all.extend(old_package::journeys());
    all.extend(accessibility::journeys());
    all.extend(widget::journeys());
    all
}
