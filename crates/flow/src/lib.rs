//! The behaviour of the widget as a pure machine: an event goes in, a new state and effects as data come out.
//!
//! Nothing here knows a browser, a clock or a word for people, so every journey can be tested natively in milliseconds.
//! The shell (`src/` of the widget) runs the effects and brings their results back as events.
//! Start with [`State`], then [`update()`] and [`view()`]; what the host may configure is in [`Config`]. A stage has its
//! data in `state/` and its moves in `update/` under one name; its screen is in `view/`, or in `view.rs` where it is short.

pub mod bank;
pub mod config;
pub mod effect;
pub mod event;
pub mod field;
pub mod form;
pub mod funnel;
pub mod guide;
pub mod host_event;
pub mod journey;
pub mod json;
mod plan;
pub mod question;
pub mod screen;
mod search;
pub mod service;
pub mod session;
pub mod state;
mod steps;
pub mod substring;
pub mod ticket;
pub mod update;
pub mod view;

pub use config::{Config, ConfigError, HostOptions};
pub use effect::Effect;
pub use event::Event;
pub use screen::Screen;
pub use state::State;
pub use ticket::Ticket;
pub use update::{Step, start, update};
pub use view::view;
