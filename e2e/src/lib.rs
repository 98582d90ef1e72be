//! Journeys in real browsers: what a person sees, driven over `WebDriver` against the real programs.
//!
//! The journeys themselves stand in `tests/journeys/`, one family a file. Here is what they share:
//! the browsers (`engines`, `driver`, `browser`), what runs (`programs`), the pages a journey reads
//! (`widget`, `popup`, `host`), and the harness that turns engines times journeys into named tests. `bench` measures.

pub mod all_services;
pub mod axe;
pub mod bench;
pub mod browser;
pub mod connections;
pub mod driver;
pub mod engines;
pub mod environment;
pub mod error;
pub mod harness;
pub mod host;
pub mod journey;
pub mod links;
pub mod opener_policies;
pub mod openid;
pub mod pages;
pub mod popup;
pub mod processes;
pub mod programs;
pub mod proxy;
pub mod settings;
pub mod suite;
pub mod widget;

pub use error::{JourneyError, Outcome};
pub use journey::{Context, Journey, Needs};
