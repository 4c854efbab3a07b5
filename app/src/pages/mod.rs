//! Pages, one folder or file each.

mod board;
mod contact;
mod contacts;
mod deal;
mod deals;
mod decisions;
mod email;
mod emails;
mod imports;
mod inbox;
mod listing;
mod login;
mod mail_list;
mod mailbox;
mod not_found;
pub mod on_demand;
pub mod settings;
mod today;

pub use board::{BoardIndex, BoardPage};
pub use contact::ContactPage;
pub use contacts::Contacts;
pub use deal::DealPage;
pub use deals::Deals;
pub use decisions::Decisions;
pub use email::EmailPage;
pub use emails::Emails;
pub use imports::{ImportPage, Imports};
pub use inbox::Inbox;
pub use login::Login;
pub use mailbox::Mailbox;
pub use not_found::NotFound;
pub use today::Today;
