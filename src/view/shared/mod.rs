//! What screens share: `element` makes every element, the others are made of it (buttons, icons, fields, rows).

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
pub(super) mod send;
