//! The bench: our widget beside npm's 2.23.0, on one page, at one server, in one browser, in turns.
//!
//! `site` serves both, `probe` looks into the page alike for both, `page_load` loads it twice, `interactions` presses and
//! types, `rounds` repeats that, and `report` compares. `limits` has what may not waver, which a journey checks in each run.

pub mod limits;
pub mod page_load;
pub mod rounds;
pub mod site;
pub mod way_in;

mod date;
mod interactions;
mod machine;
mod measured;
mod network;
mod page;
mod probe;
mod report;
mod samples;
mod throttle;
