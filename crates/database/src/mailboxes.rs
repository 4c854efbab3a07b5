//! Brands' mailboxes: their settings, how far they have been read, and who reads them.

mod failure;
mod progress;

pub use failure::{Failure, FailureLine, deal_with, failure, failures, insert_failure, prune};
pub use progress::{Lease, advance, claim, failing, finish, known_folder, stuck_at, waiting};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::BrandId;
use domain::mailing::{Encryption, MailboxFacts, MailboxKind};
use uuid::Uuid;

use crate::Result;
use crate::schema::mailboxes;

/// A brand's mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = mailboxes)]
pub struct Mailbox {
    pub brand_id: BrandId,
    pub kind: MailboxKind,
    pub enabled: bool,
    pub host: String,
    pub port: i32,
    pub tls: Encryption,
    pub username: String,
    /// Sealed.
    pub password: Option<Vec<u8>>,
    pub folder: String,
    pub saved_at: DateTime<Utc>,
    /// Mail that arrived before this day is never read.
    pub read_since: NaiveDate,
    /// What `position` belongs to; `None`: the folder was never read.
    pub validity: Option<i64>,
    /// Everything up to here has been read.
    pub position: i64,
    pub mails_read: i64,
    /// When the newest mail that was read had arrived.
    pub last_mail_at: Option<DateTime<Utc>>,
    /// Begin of the last look.
    pub looked_at: Option<DateTime<Utc>>,
    /// End of the last look that went well.
    pub checked_at: Option<DateTime<Utc>>,
    pub backlog: i32,
    pub oldest_waiting_at: Option<DateTime<Utc>>,
    pub last_error: Option<String>,
    pub last_error_at: Option<DateTime<Utc>>,
    pub failing_since: Option<DateTime<Utc>>,
    pub stuck_position: Option<i64>,
    pub stuck_times: i16,
    pub lease_by: Option<Uuid>,
    pub lease_until: Option<DateTime<Utc>>,
}

impl Mailbox {
    /// A mailbox that nobody has read, with the usual settings of IMAP.
    pub fn new(brand: BrandId, read_since: NaiveDate, now: DateTime<Utc>) -> Self {
        Self {
            brand_id: brand,
            kind: MailboxKind::Imap,
            enabled: true,
            host: String::new(),
            port: 993,
            tls: Encryption::Tls,
            username: String::new(),
            password: None,
            folder: "INBOX".to_owned(),
            saved_at: now,
            read_since,
            validity: None,
            position: 0,
            mails_read: 0,
            last_mail_at: None,
            looked_at: None,
            checked_at: None,
            backlog: 0,
            oldest_waiting_at: None,
            last_error: None,
            last_error_at: None,
            failing_since: None,
            stuck_position: None,
            stuck_times: 0,
            lease_by: None,
            lease_until: None,
        }
    }

    /// What its health follows from.
    pub fn facts(&self) -> MailboxFacts {
        let waits = self.backlog > 0;
        MailboxFacts {
            enabled: self.enabled,
            saved_at: self.saved_at,
            checked_at: self.checked_at,
            failing_since: self.failing_since,
            // Not every server says when a mail arrived.
            oldest_waiting_at: self.oldest_waiting_at.or(self.looked_at).filter(|_| waits),
        }
    }

    /// Whether both name the same folder of the same account.
    pub fn is_same_place(&self, other: &Self) -> bool {
        (self.kind, &self.host, self.port, &self.username, &self.folder)
            == (other.kind, &other.host, other.port, &other.username, &other.folder)
    }
}

/// The brand's mailbox; `None`: it has none.
pub async fn of_brand(connection: &mut AsyncPgConnection, brand: BrandId) -> Result<Option<Mailbox>> {
    mailboxes::table
        .filter(mailboxes::brand_id.eq(brand))
        .select(Mailbox::as_select())
        .first(connection)
        .await
        .optional()
}

/// The same, locked until the transaction ends.
pub async fn lock(connection: &mut AsyncPgConnection, brand: BrandId) -> Result<Option<Mailbox>> {
    mailboxes::table
        .filter(mailboxes::brand_id.eq(brand))
        .select(Mailbox::as_select())
        .for_update()
        .first(connection)
        .await
        .optional()
}

/// Stores a mailbox, replacing the one before with all that is known of it.
pub async fn replace(connection: &mut AsyncPgConnection, mailbox: &Mailbox) -> Result<()> {
    diesel::delete(mailboxes::table.filter(mailboxes::brand_id.eq(mailbox.brand_id)))
        .execute(connection)
        .await?;
    diesel::insert_into(mailboxes::table).values(mailbox).execute(connection).await?;
    Ok(())
}
