//! Writing, delivering and reading mail.
//!
//! - [`render`] turns a designed template and a contact's facts into subject, HTML and text, or says why it can't.
//! - [`token`] signs what stands in links, pixels and unsubscribe addresses.
//! - [`links`] rewrites links so that clicks can be recorded.
//! - [`message`] builds the RFC 5322 message with the headers bulk mail needs.
//! - [`deliver`] hands a message to a provider and says what became of it.
//! - [`zoho`] speaks Zoho Mail's API, for sending and for reading.
//! - [`mailbox`] fetches what came into a mailbox, over IMAP or Zoho's API.
//! - [`receive`] reads replies, automatic answers, bounces and complaints.
//!
//! Nothing here knows the database or the clock: times and ids are arguments.

pub mod deliver;
mod http;
pub mod links;
pub mod mailbox;
pub mod message;
pub mod receive;
pub mod render;
pub mod token;
pub mod zoho;
