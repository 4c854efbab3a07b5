//! Tables of deals, contacts, mails and decisions, read from an address's query.

mod contacts;
mod deals;
mod decisions;
mod email;
mod emails;
mod read;
mod view;

pub use contacts::{contact_tallies, contacts};
pub(crate) use deals::deal_lines;
pub use deals::deals;
pub use decisions::decisions;
pub use email::email;
pub use emails::emails;
pub(crate) use view::{plain_when, reader, template_words};

/// Rows of a page.
pub const PAGE: i64 = 50;
