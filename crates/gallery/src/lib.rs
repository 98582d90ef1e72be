//! A sample of every screen, for `cargo xtask shots` and for tests that look at all screens. None of it is in the package:
//! the widget draws samples only when it is built with its feature `gallery`.
//!
//! Whoever adds a screen adds a line to `samples.rs`; the test below fails until then. What samples are made of (services,
//! connections, long names) is in `fixtures.rs`.

mod credential_samples;
pub mod fixtures;
mod sample;
mod samples;

use railz_connect_flow::screen::Content;

pub use self::credential_samples::GUIDE_STEPS;
pub use self::sample::Sample;

/// All samples, in the order in which they are shown.
pub fn samples() -> Vec<Sample> {
    samples::all()
}

/// The screens that have no sample.
pub fn missing() -> Vec<&'static str> {
    let samples = samples();
    let drawn = |name: &str| samples.iter().any(|sample| sample.screen.content.name() == name);
    Content::NAMES.iter().copied().filter(|name| !drawn(name)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_screen_has_a_sample() {
        assert_eq!(missing(), [""; 0], "add a line to crates/gallery/src/samples.rs");
    }

    #[test]
    fn every_sample_has_a_name_of_its_own() {
        let samples = samples();
        let names: BTreeSet<_> = samples.iter().map(Sample::name).collect();
        assert_eq!(names.len(), samples.len(), "{names:#?}");
    }
}
