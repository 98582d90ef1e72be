//! Random numbers, for names and moments that must not meet. Not for secrets.

/// A number that two widgets on a page are not going to share.
pub(crate) fn number() -> u64 {
    js_sys::Math::random().to_bits()
}

/// A number from 0 up to, and without, this one; 0 where there is none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it lies between 0 and the limit"
)]
pub(crate) fn below(limit: u32) -> u32 {
    (js_sys::Math::random() * f64::from(limit)) as u32
}
