//! Pages, one folder or file each.

mod board;
mod deals;
mod listing;
mod login;
mod not_found;
mod today;

pub use board::{BoardIndex, BoardPage};
pub use deals::Deals;
pub use login::Login;
pub use not_found::NotFound;
pub use today::Today;
