//! Pages, one folder or file each.

mod board;
mod deal;
mod deals;
mod listing;
mod imports;
mod login;
mod not_found;
mod today;

pub use board::{BoardIndex, BoardPage};
pub use deal::DealPage;
pub use deals::Deals;
pub use imports::{ImportPage, Imports};
pub use login::Login;
pub use not_found::NotFound;
pub use today::Today;
