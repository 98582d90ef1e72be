//! The tests of the behaviour: journeys told as stories, tables of the configuration, properties, and the share of the
//! reachable transitions that the journeys take.
//!
//! One binary, so that the coverage test can run every journey again. Start with `support/test_widget.rs`.

#[cfg(test)]
mod config;
#[cfg(test)]
mod coverage;
#[cfg(test)]
mod diagram;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod funnel;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod names;
#[cfg(test)]
mod plan;
#[cfg(test)]
mod properties;
mod renewal;
#[cfg(test)]
mod support;
