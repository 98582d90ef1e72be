//! The rules of OAuth 2.0 that need neither HTTP nor memory: parameters, clients, redirect addresses, PKCE, errors.
//!
//! `http/` reads requests with them, `store/` remembers what was granted.

pub mod client;
pub mod error;
pub mod params;
pub mod pkce;
pub mod redirect;
pub mod request;

pub use client::{Client, ClientSecret};
pub use error::{ErrorCode, OAuthError};
pub use params::Params;
pub use pkce::Challenge;
