//! The site's pages: a lender of our own invention, which asks businesses to connect their books.

mod frame;
mod home;
mod notices;
pub mod success;

pub use home::home;
pub use notices::{closed, mistaken, not_found, without_session};
pub use success::success;
