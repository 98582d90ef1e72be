//! What comments and documents point at is there: rules of the contract, invariants, defects, files, headings, tests.
//!
//! `project.rs` lists the files, `comments.rs` takes the comments out of them; the other modules hold the tests.

#[cfg(test)]
mod citations;
#[cfg(test)]
mod comments;
#[cfg(test)]
mod links;
#[cfg(test)]
mod paths;
#[cfg(test)]
mod project;
#[cfg(test)]
mod rule_tests;
#[cfg(test)]
mod services;
