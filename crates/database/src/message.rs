//! The outbox: rows of `email_messages` and their contents.

mod row;

pub use row::{Content, Message, find};
