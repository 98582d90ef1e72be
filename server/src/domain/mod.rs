//! What the server knows about: widgets, businesses, visits, sessions, connections, attempts, credentials, secret keys.
//!
//! Each is plain data with the rules that need neither network nor database. What changes, changes by a transition that
//! consumes the old value. `store/` keeps them, `http/` lets the world ask.

pub mod attempt;
pub mod audit_action;
pub mod audit_event;
pub mod audit_list;
pub mod business;
pub mod business_list;
pub mod company;
pub mod company_details;
pub mod connection;
pub mod connection_list;
pub mod credential;
pub mod folded_name;
pub mod hosted_link;
pub mod idempotent_request;
pub mod origin;
pub mod outcome;
pub mod registered_address;
pub mod secret_key;
pub mod session;
pub mod visit;
pub mod visit_settings;
pub mod webhook;
pub mod webhook_delivery;
pub mod webhook_event;
pub mod webhook_metadata;
pub mod widget;
