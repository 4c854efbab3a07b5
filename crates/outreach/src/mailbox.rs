//! The demo's mailbox: what was delivered, and what a recipient's mail program would do with it. Everything a person
//! does here goes through the same use cases as the mail programs and servers of real recipients.

mod act;
mod page;
mod write;

pub use act::act;
pub use page::page;
