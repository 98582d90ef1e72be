//! Journeys in real browsers: what a person sees, driven over `WebDriver` against the real programs.
//!
//! The journeys themselves stand in `tests/journeys/`, one family a file. Here is what they share:
//! the browsers (`engines`, `driver`, `browser`), the programs (`world`), the pages a journey reads
//! (`widget`, `popup`, `host`), and the harness that turns engines times journeys into named tests.

pub mod axe;
pub mod browser;
pub mod driver;
pub mod engines;
pub mod environment;
pub mod failure;
pub mod harness;
pub mod host;
pub mod inquiry;
pub mod journey;
pub mod openid;
pub mod pages;
pub mod popup;
pub mod processes;
pub mod relay;
pub mod settings;
pub mod suite;
pub mod wide;
pub mod widget;
pub mod world;

pub use failure::{Failure, Outcome};
pub use journey::{Context, Journey, Needs};
