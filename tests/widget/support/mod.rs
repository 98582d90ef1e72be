//! A widget on a stage: mounted into a page of its own corner, its server played by the test.

pub mod answers;
pub mod page;
pub mod server;
pub mod stage;

pub use page::{settle, sleep};
pub use server::Server;
pub use stage::Stage;
