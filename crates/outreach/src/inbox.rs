//! The inbox: mails that came in, those that need a person first, and what a person makes of them.

mod decide;
mod open;
mod page;

pub use decide::{assign, decide, find_contacts, undo};
pub use page::{page, waiting};
