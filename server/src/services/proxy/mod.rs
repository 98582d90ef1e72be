//! A back end's call to a service, with the connection's fresh token put in, below that service's own API address and nowhere
//! else.
//!
//! `target.rs` says where a path leads, `headers.rs` what travels along (never the token, in which form `token_in_text.rs` knows),
//! `timed_body.rs` that nothing is waited for without end; `call.rs` makes the call. The route is `http/v2/proxy.rs`.

pub mod call;
mod headers;
pub mod target;
mod timed_body;
mod token_in_text;
