//! The Connect server: it knows the businesses, sends people to their services, and keeps what the services give.
//!
//! `http/` is what the widget talks to, `domain/` the rules, `store/` the memory, `vault/` the safe, `oauth/` the way to
//! the services that `providers/` describes, `config/` what the operator decides. [`app::App`] holds them together;
//! `main.rs` only reads the command line.

pub mod app;
pub mod clock;
pub mod config;
pub mod domain;
pub mod http;
pub mod news;
pub mod oauth;
pub mod providers;
pub mod random;
pub mod serve;
pub mod special;
pub mod start;
pub mod store;
pub mod sweep;
pub mod token;
pub mod vault;
