//! Which compressed form of a file is sent (RFC 9110 section 12.5.3).
//!
//! The forms are made beforehand, by `cargo xtask dist`, as siblings of the file; nothing is compressed here.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;

/// A compressed form that a file may have beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ContentCoding {
    /// Brotli, in a sibling ending in `.br`.
    Brotli,
    /// Gzip, in a sibling ending in `.gz`.
    Gzip,
}

impl ContentCoding {
    /// The smaller form first.
    const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// Its registered name, for `Content-Encoding`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// What the sibling's name has behind the file's.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }

    /// The codings that a client takes, the one it likes best first; of equals the smaller form.
    pub(super) fn accepted(headers: &HeaderMap) -> Vec<Self> {
        let mut taken: Vec<_> = Self::ALL
            .into_iter()
            .map(|coding| (weight_of(coding.name(), headers), coding))
            .filter(|(weight, _)| *weight > 0.0)
            .collect();
        taken.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        taken.into_iter().map(|(_, coding)| coding).collect()
    }
}

/// How much a client wants a coding, from 0 (not at all) to 1. `*` stands for those that it does not name.
fn weight_of(coding: &str, headers: &HeaderMap) -> f32 {
    let named = |wanted: &str| {
        headers
            .get_all(ACCEPT_ENCODING)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(|header| header.split(','))
            .map(|part| part.split_once(';').unwrap_or((part, "")))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))
            .map(|(_, parameters)| weight(parameters))
    };
    named(coding).or_else(|| named("*")).unwrap_or(0.0)
}

/// The `q` among the parameters. Without one it is 1; one that cannot be read is 0, since the plain form is always right.
fn weight(parameters: &str) -> f32 {
    let q = parameters
        .split(';')
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"));
    match q {
        None => 1.0,
        Some((_, value)) => value.trim().parse().ok().filter(|q| (0.0..=1.0).contains(q)).unwrap_or_default(),
    }
}
