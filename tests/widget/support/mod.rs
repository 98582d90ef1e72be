//! A widget mounted into an element of its own, with its server played by the test. `widget` mounts it and looks at it,
//! `server` answers its requests with the bodies in `responses`, `page` replaces what the browser would do.

pub mod page;
pub mod responses;
pub mod server;
pub mod widget;

pub use page::{settle, sleep};
pub use server::Server;
pub use widget::Widget;
