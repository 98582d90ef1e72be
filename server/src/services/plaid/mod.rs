//! Plaid: banks, linked by a script in the host's page. The server makes the script's token, exchanges what comes back,
//! and asks now and then whether the bank still lets it in.
//!
//! `client.rs` speaks to Plaid, `link_token.rs` and `link.rs` link, `update_mode.rs` renews, `item.rs` is what is kept
//! of a bank, `bank_connection.rs` its connection, `health.rs` asks how it is. A business may have several banks, each
//! a connection of its own.

mod bank_connection;
mod client;
mod health;
mod item;
mod link;
mod link_error;
mod link_token;
pub mod settings;
mod update_mode;

pub use bank_connection::remove_item;
pub use client::{PlaidClientError, PlaidError};
pub use health::look_after;
pub use item::Bank;
pub use link::link_bank;
pub use link_error::LinkError;
pub use link_token::{LinkTokenOptions, create_link_token};
pub use update_mode::finish_update;
