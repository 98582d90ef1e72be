//! What screens share: `element` makes every element as data and `rendered` draws it; the others are made of elements
//! (buttons, icons, fields, rows).

pub(super) mod action;
pub(super) mod connection;
mod drawing;
pub(super) mod element;
pub(super) mod event_handler;
pub(super) mod form;
pub(super) mod icon;
pub(super) mod mark;
pub(super) mod rendered;
pub(super) mod screen;
