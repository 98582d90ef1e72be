//! What screens share.

pub(super) mod action;
pub(super) mod icon;
pub(super) mod mark;
pub(super) mod screen;
