//! The Connect server: it knows the businesses, sends people to their services, and keeps what the services give.
//!
//! `http/` is what the world talks to, `access/` says for whom, `domain/` has the rules, `services/` everything about
//! accounting services and banks, `store/` the database, `vault/` seals credentials, `config/` reads what the operator
//! decides, `webhooks/` tells customers' back ends what happened, `audit/` writes down who did what. [`app::App`]
//! holds them together; `main.rs` only reads the command line.

mod accept;
pub mod access;
pub mod app;
pub mod audit;
pub mod clock;
pub mod config;
pub mod connection_locks;
pub mod domain;
pub mod held_polls;
pub mod http;
pub mod notifier;
pub mod random;
pub mod serve;
pub mod services;
mod stalled_writes;
pub mod start;
pub mod store;
pub mod sweep;
pub mod token;
pub mod vault;
pub mod webhooks;
