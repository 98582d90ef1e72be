//! What a customer's back end asks: everything below `/v2`, with a secret key and never from a page.
//!
//! `secret_key_bearer.rs` says for whom. No route here answers a page: there is no CORS, and a request that has an
//! `Origin` is refused.

pub mod secret_key_bearer;
