//! The Connect widget: everything that touches the browser, and nothing that decides.
//!
//! The behaviour is in `railz-connect-flow`; this crate reads the host's options (`options`), keeps state and queue
//! (`runtime`, the only mutable place), runs effects (`effects`: one match; `api`, `host` and `browser` do the work),
//! draws screens (`view`) and has the words (`text`). The JavaScript package in `npm/` calls [`mount`].

mod api;
mod browser;
mod effects;
#[cfg(feature = "gallery")]
mod gallery;
mod handle;
mod host;
mod options;
mod parts;
mod resources;
mod runtime;
mod text;
mod theme;
mod view;

pub use api::read_answer;
pub use browser::request::{Answering, Incoming, Outgoing, Transport, Unanswered};
#[cfg(feature = "gallery")]
pub use gallery::{Still, gallery_draw, gallery_missing, gallery_names};
pub use handle::{Handle, mount, mount_with, version};
