//! The server through its router, on a real database each, with a clock that the test sets.
//!
//! One program, so that it links once. `support/` makes the server, plays the browser and (on loopback) the provider.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod attacks;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod back_end;
#[cfg(test)]
mod back_end_examples;
#[cfg(test)]
mod bad_providers;
#[cfg(test)]
mod callback;
#[cfg(test)]
mod callback_addresses;
#[cfg(test)]
mod command_line;
#[cfg(test)]
mod companies;
#[cfg(test)]
mod companies_of_xero;
#[cfg(test)]
mod companies_unknown;
#[cfg(test)]
mod company_details;
#[cfg(test)]
mod company_hints;
#[cfg(test)]
mod company_migration;
#[cfg(test)]
mod compression;
#[cfg(test)]
mod config;
#[cfg(test)]
mod config_services;
#[cfg(test)]
mod connection_tokens;
#[cfg(test)]
mod cors;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod dynamics;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod held_polls;
#[cfg(test)]
mod hosted_page;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod lifetimes;
#[cfg(test)]
mod log;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod non_oauth;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod page_headers;
mod poll;
#[cfg(test)]
mod poll_places;
#[cfg(test)]
mod query_plans;
#[cfg(test)]
mod questions;
#[cfg(test)]
mod reauthorisation;
#[cfg(test)]
mod refresh;
#[cfg(test)]
mod registered_addresses;
#[cfg(test)]
mod replaced_grants;
#[cfg(test)]
mod revocation;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod sandbox;
#[cfg(test)]
mod schemathesis;
#[cfg(test)]
mod secret_keys;
#[cfg(test)]
mod session;
#[cfg(test)]
mod shutdown;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod signing_keys;
#[cfg(test)]
mod slow_clients;
#[cfg(test)]
mod start;
#[cfg(test)]
mod start_page;
#[cfg(test)]
mod support;
#[cfg(test)]
mod sweep;
#[cfg(test)]
mod vault;
#[cfg(test)]
mod visits;
#[cfg(test)]
mod webhooks;
#[cfg(test)]
mod who_began;
#[cfg(test)]
mod widget_builds;
#[cfg(test)]
mod widget_files;
