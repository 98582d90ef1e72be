//! OAuth 2.0, authorisation code with PKCE (RFC 6749, RFC 7636, RFC 9700): the way to a service and back.
//!
//! `departure.rs` sends a popup to the provider, `arrival.rs` takes it back and ends the attempt, `exchange.rs` talks to
//! the token endpoint over `transport.rs`, `listing.rs` finds the companies, `company.rs` ties a connection to one of
//! them, `refresh.rs` keeps access tokens fresh, `tokens.rs` seals them and reckons how long they last.

mod arrival;
mod company;
mod departure;
mod exchange;
mod further;
mod granted;
mod listing;
mod refresh;
mod returned;
mod revoke;
mod scopes;
mod tokens;
mod transport;

pub use arrival::{Arrived, NotArrived, arrive};
pub use company::{NotChosen, choose};
pub use departure::{Departed, NotDeparted, depart};
pub use exchange::NoClient;
pub use refresh::refresh_due;
pub use returned::Answer;
pub use revoke::drop_choices;
pub use transport::{Transport, TransportFailed};
