//! Tables of `Config::read`: what is accepted as 2.23 accepts it, and what is refused by name (invariant 7).

mod accepted;
mod addresses;
mod components;
mod refused;
mod sessions;

use railz_connect_flow::config::{AddressOption, RawAddress, RawValue};
use railz_connect_flow::{Config, ConfigError, HostOptions};

use crate::support::fixtures;

/// A number as the browser hands it over.
fn number(value: f64) -> RawValue {
    RawValue::Number { value, text: value.to_string() }
}

/// The ways in which a host says nothing. The shell reads `null` and `undefined` as absent.
fn nothings() -> [RawValue; 2] {
    [RawValue::Absent, fixtures::text("")]
}

/// An address as written, and as the browser resolves it.
fn address(written: &str, resolved: Option<&str>) -> AddressOption {
    AddressOption::Text(RawAddress { text: written.to_owned(), resolved: resolved.map(str::to_owned) })
}

fn with(change: impl FnOnce(&mut HostOptions)) -> Result<Config, ConfigError> {
    let mut options = fixtures::options();
    change(&mut options);
    Config::read(&options)
}
