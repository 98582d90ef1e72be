//! The site's pages: a lender of our own invention, which asks businesses to connect their books.

mod company_page;
mod connections;
mod data_table;
mod frame;
mod home;
mod notices;
mod parts;
mod success;
mod webhook_list;

pub use company_page::company_page;
pub use connections::connections;
pub use home::home;
pub use notices::{
    ask_to_sign_in, closed, mistaken, not_believed, not_found, not_of_this_site, not_possible, not_signed_in,
    nothing_arrived, without_session,
};
pub use success::{claimed, connected};
