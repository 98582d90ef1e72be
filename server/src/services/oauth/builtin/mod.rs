//! Built-in defaults of OAuth services, so that an operator only adds the client's id and secret.
//!
//! Taken from the services' public documentation in 2026. Every address can be overridden in the configuration, because
//! addresses move and scopes depend on what an application was approved for. `accounting.rs`, `microsoft.rs` and
//! `commerce.rs` are the tables; what was confirmed how stands in `docs/providers/`.

mod accounting;
mod commerce;
mod entry;
mod microsoft;

pub use entry::Builtin;

/// All of them, in the order in which a picker lists them.
pub fn all() -> impl Iterator<Item = &'static Builtin> {
    accounting::ALL.iter().chain(microsoft::ALL).chain(commerce::ALL)
}

/// What is built in about the service of this id.
pub fn get(id: &str) -> Option<&'static Builtin> {
    all().find(|known| known.service.id == id)
}
