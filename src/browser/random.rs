//! Random numbers, for names that must not meet. Not for secrets.

/// A number that two widgets on a page are not going to share.
pub(crate) fn number() -> u64 {
    js_sys::Math::random().to_bits()
}
