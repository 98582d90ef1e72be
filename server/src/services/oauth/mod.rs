//! OAuth 2.0, authorisation code with PKCE (RFC 6749, RFC 7636, RFC 9700): the way to a service and back.
//!
//! `start.rs` says whose sign-in begins, `authorize.rs` sends a popup to the provider, `callback.rs` takes it back and ends
//! the attempt: `callback_query.rs` checks the query, `issuer.rs` who answers, `grant.rs` exchanges the code at the `token_endpoint.rs`,
//! `company_list.rs` finds the companies, `company_lookup.rs` asks the service about one of them, `admission.rs` says whether
//! they may become this connection, `connect.rs` binds it to one of them, `choose.rs` to the one that a person chose.
//! `credential.rs` seals tokens, `refresh.rs` keeps them fresh, `access_token.rs` hands them out, `revoke.rs` gives them up;
//! `migrate.rs` takes over what another system holds. A service is data: `service.rs` and
//! `profile.rs` with `lookup_profile.rs` and `api_profile.rs` (whose one connection `connection_api.rs` fills in), filled by
//! `builtin/` and by the configuration.

pub mod access_token;
pub mod address_template;
mod admission;
pub mod api_profile;
pub mod authorize;
pub mod builtin;
pub mod callback;
pub mod callback_query;
pub mod choose;
mod company_list;
mod company_lookup;
mod connect;
pub mod connection_api;
mod credential;
mod extra_fields;
pub mod forced_renewals;
mod grant;
pub mod issuer;
pub mod lookup_profile;
pub mod migrate;
pub mod profile;
pub mod question;
pub mod refresh;
mod requests;
pub mod revoke;
mod scopes;
pub mod service;
pub mod start;
pub mod token_endpoint;
mod token_response;
