//! Fetching what came into a mailbox. Nothing here changes it: no mail is marked as seen, moved or deleted.

mod error;
mod imap;
mod zoho;

pub use error::MailboxError;
pub use imap::{ImapSettings, ImapSource, ImapTimeouts};
pub use zoho::ZohoSource;

use chrono::{DateTime, NaiveDate, Utc};

/// The largest mail that is fetched whole, bytes.
pub const LARGEST: u64 = 10 * 1024 * 1024;

/// A folder as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folder {
    /// What positions belong to: IMAP's UIDVALIDITY. With another one, all positions mean nothing any more.
    pub validity: i64,
    /// Mails in it; `None` where the server doesn't say.
    pub mails: Option<u32>,
}

/// A mail in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The server's name for it, to fetch it by.
    pub id: String,
    /// Its place in the folder's order: IMAP's UID, or the millisecond of its arrival.
    pub position: i64,
    pub arrived_at: Option<DateTime<Utc>>,
    /// Bytes, where the server says.
    pub size: Option<u64>,
}

/// What there is to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The first of them, by position.
    pub mails: Vec<Listed>,
    /// All of them, those above included.
    pub waiting: u32,
}

/// A mail, as far as it is worth fetching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// As it came over the wire (RFC 5322).
    Whole(Vec<u8>),
    /// Larger than [`LARGEST`]: its header alone, cut off if that is long too.
    TooLarge {
        /// Of the whole mail, bytes.
        size: u64,
        header: Vec<u8>,
    },
    /// Not there any more.
    Gone,
}

/// A mailbox being read. After an error it is to be thrown away.
#[async_trait::async_trait]
pub trait Source: Send {
    /// Opens the folder, without the right to change anything. First of all calls.
    ///
    /// # Errors
    /// [`MailboxError`], which says what is wrong.
    async fn open(&mut self) -> Result<Folder, MailboxError>;

    /// What came after a position and not before a day (UTC). Mails at `after` itself, or a little before it, may be among
    /// them where positions aren't unique.
    ///
    /// # Errors
    /// [`MailboxError`].
    async fn list(&mut self, after: i64, since: NaiveDate) -> Result<Listing, MailboxError>;

    /// Fetches a mail.
    ///
    /// # Errors
    /// [`MailboxError`].
    async fn fetch(&mut self, mail: &Listed) -> Result<Fetched, MailboxError>;

    /// Takes leave, if the server is still there.
    async fn close(&mut self);
}
