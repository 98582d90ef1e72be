//! Chance from the browser, where names must not meet. Not for secrets.

/// A number that two widgets on a page are not going to share.
pub(crate) fn salt() -> u64 {
    js_sys::Math::random().to_bits()
}
