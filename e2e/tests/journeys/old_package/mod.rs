//! An independent client: npm's `@railzai/railz-connect` 2.23.0, unmodified, against our server. It knows
//! nothing of our additions, so it shows that the server speaks the contract without them.
//!
//! One file a family of services. Next: `driving` for the ways through its shadow roots.

use e2e::journey::Story;
use e2e::{Journey, Needs};

mod banking;
mod companies;
mod desktop;
mod driving;
mod existing_connections;
mod intacct;
mod netsuite;
mod oauth;
mod questions;
mod sandbox;
mod screens;
mod summary;

/// Every journey with the package.
pub fn journeys() -> Vec<Journey> {
    [
        sandbox::JOURNEYS,
        oauth::JOURNEYS,
        companies::JOURNEYS,
        questions::JOURNEYS,
        existing_connections::JOURNEYS,
        netsuite::JOURNEYS,
        intacct::JOURNEYS,
        desktop::JOURNEYS,
        banking::JOURNEYS,
        summary::JOURNEYS,
    ]
    .concat()
}

/// A journey of this family. Chromium is enough: what is independent here is the client, not the browser.
const fn journey(name: &'static str, story: Story) -> Journey {
    Journey::new(name, story).needs(Needs::OldPackage).chromium_only()
}
