//! What screens share.

pub(super) mod action;
mod attributes;
mod drawing;
pub(super) mod element;
pub(super) mod field;
pub(super) mod guide;
pub(super) mod icon;
pub(super) mod mark;
pub(super) mod screen;
