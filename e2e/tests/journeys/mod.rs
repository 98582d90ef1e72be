//! The families of journeys.

use e2e::Journey;

mod accessibility;
mod any_host;
mod api_docs;
mod bank_frame;
mod banks;
mod bench;
mod browser_setup;
mod by_hand;
mod dialog;
mod edited_callbacks;
mod every_screen;
mod examples;
mod first_screen;
mod frames;
mod handing_over;
mod host_page;
mod hosted_page;
mod keyboard;
mod loading;
mod mistakes;
mod model_customer;
mod odd_hosts;
mod old_package;
mod opener_policies;
mod openid;
mod outside_browser;
mod policy;
mod reauthorise;
mod sandbox;
mod sandbox_form;
mod services;
mod sessions;
mod sign_in;
mod steps;
mod vite;
mod who_began;
mod widget;
mod windows;

/// Every journey, in the order of the report.
pub fn all() -> Vec<Journey> {
    let mut all = [
        browser_setup::JOURNEYS,
        policy::JOURNEYS,
        api_docs::JOURNEYS,
        loading::JOURNEYS,
        first_screen::JOURNEYS,
        sandbox::JOURNEYS,
        sandbox_form::JOURNEYS,
        sign_in::JOURNEYS,
        windows::JOURNEYS,
        opener_policies::JOURNEYS,
        edited_callbacks::JOURNEYS,
        reauthorise::JOURNEYS,
        services::JOURNEYS,
        sessions::JOURNEYS,
        model_customer::JOURNEYS,
        handing_over::JOURNEYS,
        mistakes::JOURNEYS,
        host_page::JOURNEYS,
        keyboard::JOURNEYS,
        vite::JOURNEYS,
        examples::JOURNEYS,
        dialog::JOURNEYS,
        any_host::JOURNEYS,
        frames::JOURNEYS,
        odd_hosts::JOURNEYS,
        every_screen::JOURNEYS,
        openid::JOURNEYS,
        banks::JOURNEYS,
        bench::JOURNEYS,
    ]
    .concat();
    all.extend(hosted_page::journeys());
    all.extend(who_began::journeys());
    all.extend(old_package::journeys());
    all.extend(accessibility::journeys());
    all.extend(widget::journeys());
    all
}
