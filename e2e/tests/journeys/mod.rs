//! The families of journeys.

use e2e::Journey;

mod ground;

/// Every journey, in the order of the report.
pub fn all() -> Vec<Journey> {
    [ground::JOURNEYS].concat()
}
