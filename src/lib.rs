//! The Connect widget: everything that touches the browser, and nothing that decides.
//!
//! The behaviour is in `railz-connect-flow`; this crate reads the host's options (`options`), keeps state and queue
//! (`runtime`, the only mutable place), runs effects (`effects`: one match; `api`, `callbacks` and `browser` do the work),
//! draws screens (`view`) and has the words (`text`). The JavaScript package in `npm/` calls [`mount`].

mod api;
mod browser;
mod callbacks;
mod disposables;
mod effects;
#[cfg(feature = "gallery")]
mod gallery;
mod handle;
mod options;
mod runtime;
mod text;
mod theme;
mod view;

pub use api::read_answer;
pub use browser::request::{HttpRequest, HttpResponse, NoResponseError, ResponseFuture, Transport};
#[cfg(feature = "gallery")]
pub use gallery::{DrawnSample, gallery_draw, gallery_missing, gallery_names};
pub use handle::{Handle, mount, mount_with, version};

/// Smaller than the standard library's, and made for WebAssembly (docs/performance.md).
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
