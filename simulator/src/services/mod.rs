//! The services that this provider can pose as: each service id in the path wears that service's name and colour, and
//! does what the service does in its own way.
//!
//! `service.rs` has name and colour, `profile.rs` and `profiles.rs` the ways, `company.rs` what a person can connect, `books.rs` what is
//! in a company's books.

pub mod books;
pub mod colour;
pub mod company;
mod company_lists;
pub mod profile;
pub mod profiles;
pub mod service;

pub use service::Service;
