//! Oracle NetSuite: a token pair, made in NetSuite by an administrator, checked by a signed call to the account's own
//! address (token-based authentication, which is OAuth 1.0a with HMAC-SHA256; RFC 5849).
//!
//! `address.rs` decides which addresses are NetSuite's, `signature.rs` signs, `check.rs` calls.

mod address;
mod check;
pub mod settings;
mod signature;

pub use address::{AccountAddress, AccountAddressError, AddressPattern, PatternError, account_address};
pub use check::{CheckError, CheckOutcome, check};
