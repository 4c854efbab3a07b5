use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{Fetched, Folder, LARGEST, Listed, Listing, MailboxError, Source};
use crate::zoho::{ZohoError, ZohoFolder, ZohoInbox, ZohoMessage};

/// Messages asked for at a time; the most Zoho gives.
const PAGE: u32 = 200;
/// Pages looked at. The newest come first, so that all have to be listed before the oldest is read.
const PAGES: u32 = 100;
/// Zoho promises no order among mails of one moment, so those shortly before the position are listed again.
const OVERLAP: TimeDelta = TimeDelta::minutes(10);

const OPENING: &str = "opening the folder";
const LISTING: &str = "listing mails";
const FETCHING: &str = "fetching a mail";

/// A mailbox at Zoho Mail, read through its API. A position is the millisecond of a mail's arrival.
#[derive(Debug)]
pub struct ZohoSource {
    inbox: ZohoInbox,
    wanted: String,
    folder: Option<ZohoFolder>,
}

impl ZohoSource {
    /// A folder by its name or path; `INBOX` is where mail arrives, whatever it is called.
    pub fn new(inbox: ZohoInbox, folder: &str) -> Self {
        Self { inbox, wanted: folder.to_owned(), folder: None }
    }

    async fn find(&self) -> Result<ZohoFolder, MailboxError> {
        if self.wanted.eq_ignore_ascii_case("inbox") {
            return self.inbox.inbox().await.map_err(|error| failed(OPENING, error));
        }
        let folders = self.inbox.folders().await.map_err(|error| failed(OPENING, error))?;
        let wanted = self.wanted.trim_start_matches('/');
        let found = folders.into_iter().find(|folder| {
            folder.name.eq_ignore_ascii_case(wanted)
                || folder.path.trim_start_matches('/').eq_ignore_ascii_case(wanted)
        });
        found.ok_or_else(|| MailboxError::NoFolder {
            folder: self.wanted.clone(),
            reason: "Zoho knows no folder of this name".to_owned(),
        })
    }
}

fn failed(step: &'static str, error: ZohoError) -> MailboxError {
    match error {
        ZohoError::NotConfigured { reason } => MailboxError::NotConfigured { reason },
        ZohoError::Busy { reason, .. } | ZohoError::Refused { reason } | ZohoError::Lost { reason } => {
            MailboxError::Refused { step, reason }
        }
    }
}

#[async_trait::async_trait]
impl Source for ZohoSource {
    async fn open(&mut self) -> Result<Folder, MailboxError> {
        let folder = self.find().await?;
        let validity = folder.id.parse().map_err(|_| MailboxError::Refused {
            step: OPENING,
            reason: "the folder's id is no number".to_owned(),
        })?;
        self.folder = Some(folder);
        Ok(Folder { validity, mails: None })
    }

    async fn list(&mut self, after: i64, since: NaiveDate) -> Result<Listing, MailboxError> {
        let folder = self.folder.as_ref().ok_or(MailboxError::Lost { step: LISTING })?;
        let day = since.and_time(chrono::NaiveTime::MIN).and_utc();
        let from = DateTime::from_timestamp_millis(after).map_or(day, |after| day.max(after - OVERLAP));
        let mut found: Vec<ZohoMessage> = Vec::new();
        let mut page = 0;
        loop {
            let messages = self
                .inbox
                .messages(&folder.id, page * PAGE + 1, PAGE)
                .await
                .map_err(|error| failed(LISTING, error))?;
            let is_last = messages.len() < 200 || messages.iter().any(|message| message.received_at < from);
            found.extend(messages.into_iter().filter(|message| message.received_at >= from));
            if is_last {
                break;
            }
            page += 1;
            if page == PAGES {
                let reason = format!("more than {} mails wait to be read", PAGES * PAGE);
                return Err(MailboxError::Refused { step: LISTING, reason });
            }
        }
        // Newest first, as Zoho gives them; a mail that arrived meanwhile has pushed another onto the next page.
        found.sort_by(|a, b| (a.received_at, &a.id).cmp(&(b.received_at, &b.id)));
        found.dedup_by(|a, b| a.id == b.id);
        let waiting = found.iter().filter(|message| position(message.received_at) > after).count();
        Ok(Listing {
            waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
            mails: found.into_iter().map(listed).collect(),
        })
    }

    async fn fetch(&mut self, mail: &Listed) -> Result<Fetched, MailboxError> {
        let raw = self.inbox.original(&mail.id).await.map_err(|error| failed(FETCHING, error))?;
        let size = raw.len() as u64;
        if size > LARGEST {
            let header = raw.into_iter().take(64 * 1024).collect();
            return Ok(Fetched::TooLarge { size, header });
        }
        Ok(Fetched::Whole(raw))
    }

    async fn close(&mut self) {}
}

const fn position(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

fn listed(message: ZohoMessage) -> Listed {
    Listed {
        position: position(message.received_at),
        arrived_at: Some(message.received_at),
        id: message.id,
        size: None,
    }
}
