//! What screens share.

pub(super) mod action;
mod attributes;
pub(super) mod connection;
mod drawing;
pub(super) mod element;
pub(super) mod form;
pub(super) mod guide;
pub(super) mod icon;
pub(super) mod mark;
pub(super) mod screen;
