//! OAuth 2.0, authorisation code with PKCE (RFC 6749, RFC 7636, RFC 9700): the way to a service and back.
//!
//! `departure.rs` sends a popup to the provider, `arrival.rs` takes it back and ends the attempt, `exchange.rs` talks to
//! the token endpoint over `transport.rs`, `refresh.rs` keeps access tokens fresh.

mod arrival;
mod departure;
mod exchange;
mod refresh;
mod transport;

pub use arrival::{Answer, Arrived, NotArrived, arrive};
pub use departure::{Departed, NotDeparted, depart};
pub use refresh::refresh_due;
pub use transport::{Transport, TransportFailed};
